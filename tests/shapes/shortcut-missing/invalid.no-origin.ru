# CasualtyClaim.ttl, but: the chain has an origin that the claim does not list
DELETE WHERE { kg:claim_killed kg:origin ?o }
