# Person.ttl, but: a person belongs to a person
INSERT DATA { kg:actor_other a kg:Person ; rdfs:label "Ole Brandt"@en } ;
INSERT DATA { kg:actor_example kg:ofState kg:actor_other }
