# CasualtyClaim.ttl, but: the claim lists an origin that the chain lacks
INSERT DATA { kg:claim_killed kg:origin kg:actor_sudria }
