# CasualtyClaim.ttl, but: the chain does not start at the page although the outlet is stated
DELETE DATA { kg:claim_killed kg:attribution kg:link_0 . kg:claim_killed kg:publishedBy kg:actor_harbour_post }
