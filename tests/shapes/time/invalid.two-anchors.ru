# TimeReference.ttl, but: resolved against two days
INSERT DATA { kg:time_last_week kg:anchor "2031-05-03"^^xsd:date }
