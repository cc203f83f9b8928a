# GrowthClaim.ttl, but: no kind
DELETE WHERE { kg:claim_growth kg:casualtyKind ?o }
