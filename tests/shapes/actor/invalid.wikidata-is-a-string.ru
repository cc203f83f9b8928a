# MediaOutlet.ttl, but: a number is no identifier
DELETE WHERE { kg:actor_example skos:exactMatch ?o } ;
INSERT DATA { kg:actor_example skos:exactMatch "Q1" }
