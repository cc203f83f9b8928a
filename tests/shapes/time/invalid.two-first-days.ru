# TimeReference.ttl, but: two first days
INSERT DATA { kg:time_last_week kg:earliest "2031-04-22"^^xsd:date }
