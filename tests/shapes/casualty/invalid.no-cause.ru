# CasualtyClaim.ttl, but: no cause
DELETE WHERE { kg:claim_killed kg:cause ?o }
