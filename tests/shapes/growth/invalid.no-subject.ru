# GrowthClaim.ttl, but: no word on what grew
DELETE WHERE { kg:claim_growth kg:subject ?o }
