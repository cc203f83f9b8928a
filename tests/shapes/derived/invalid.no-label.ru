# DerivedClaim.ttl, but: no name
DELETE WHERE { kg:claim_3 rdfs:label ?o }
