# Figure.ttl, but: no name
DELETE WHERE { kg:figure_1 rdfs:label ?o }
