# GrowthClaim.ttl, but: grown by a factor of nothing
DELETE WHERE { kg:claim_growth kg:factor ?o } ;
INSERT DATA { kg:claim_growth kg:factor 0.0 }
