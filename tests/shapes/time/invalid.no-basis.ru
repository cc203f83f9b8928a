# TimeReference.ttl, but: no word on whether the text states it
DELETE WHERE { kg:time_last_week kg:basis ?o }
