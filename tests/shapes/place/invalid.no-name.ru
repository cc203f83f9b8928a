# Place.ttl, but: a place without a name
DELETE WHERE { kg:place_eastford rdfs:label ?o }
