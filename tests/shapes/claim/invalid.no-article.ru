# GrowthClaim.ttl, but: a claim that stands nowhere
DELETE WHERE { kg:claim_growth kg:article ?o }
