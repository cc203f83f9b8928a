# AttributionLink.ttl, but: said on the day after publication
DELETE WHERE { kg:time_monday kg:earliest ?o } ;
INSERT DATA { kg:time_monday kg:earliest "2031-05-05"^^xsd:date } ;
DELETE WHERE { kg:time_monday kg:latest ?o } ;
INSERT DATA { kg:time_monday kg:latest "2031-05-05"^^xsd:date }
