# DerivedClaim.ttl, but: no bound
DELETE WHERE { kg:claim_3 kg:high ?o }
