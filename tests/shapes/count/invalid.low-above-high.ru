# DerivedClaim.ttl, but: the least number is above the greatest
INSERT DATA { kg:claim_3 kg:low 19 }
