# DerivedClaim.ttl, but: no assumption
DELETE WHERE { kg:claim_3 kg:assumption ?o }
