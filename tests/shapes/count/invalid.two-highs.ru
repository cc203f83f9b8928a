# DerivedClaim.ttl, but: two greatest numbers
INSERT DATA { kg:claim_3 kg:high 20 }
