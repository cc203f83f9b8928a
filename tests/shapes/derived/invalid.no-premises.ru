# DerivedClaim.ttl, but: computed from nothing
DELETE WHERE { kg:claim_3 prov:wasDerivedFrom ?o }
