# CasualtyClaim.ttl, but: the claim lists a publisher that the chain lacks
INSERT DATA { kg:claim_killed kg:publishedBy kg:actor_norland }
