# TimeReference.ttl, but: words instead of a date
DELETE WHERE { kg:time_last_week kg:edtf ?o } ;
INSERT DATA { kg:time_last_week kg:edtf "last week" }
