# TimeReference.ttl, but: ends before it starts
DELETE WHERE { kg:time_last_week kg:latest ?o } ;
INSERT DATA { kg:time_last_week kg:latest "2031-04-20"^^xsd:date }
