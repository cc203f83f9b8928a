# DerivedClaim.ttl, and: bounds on both sides
INSERT DATA { kg:claim_3 kg:low 2 }
