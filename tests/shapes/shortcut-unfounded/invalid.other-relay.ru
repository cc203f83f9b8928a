# CasualtyClaim.ttl, but: a go-between who has no step in the chain, and so no role
INSERT DATA { kg:claim_killed kg:relayedBy kg:actor_sudria }
