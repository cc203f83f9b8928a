# TimeReference.ttl, but: two last days
INSERT DATA { kg:time_last_week kg:latest "2031-04-28"^^xsd:date }
