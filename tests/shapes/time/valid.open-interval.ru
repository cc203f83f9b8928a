# TimeReference.ttl, and: until April
DELETE WHERE { kg:time_last_week kg:edtf ?o } ;
INSERT DATA { kg:time_last_week kg:edtf "../2031-04" } ;
DELETE WHERE { kg:time_last_week kg:earliest ?o }
