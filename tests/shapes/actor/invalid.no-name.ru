# Organisation.ttl, but: an actor without a name
DELETE WHERE { kg:actor_example rdfs:label ?o }
