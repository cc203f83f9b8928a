# Population.ttl, but: two allegiances
INSERT DATA { kg:actor_sudria a kg:State ; rdfs:label "Sudria"@en } ;
INSERT DATA { kg:population_engineers kg:allegiance kg:actor_sudria }
