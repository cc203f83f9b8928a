# DerivedClaim.ttl, but: fewer than none
INSERT DATA { kg:claim_3 kg:low -1 }
