# CasualtyClaim.ttl, but: the chain has a go-between that the claim does not list
DELETE WHERE { kg:claim_killed kg:relayedBy ?o }
