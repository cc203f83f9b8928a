# DerivedClaim.ttl, but: no documented rule
DELETE WHERE { kg:claim_3 kg:relationRule ?o }
