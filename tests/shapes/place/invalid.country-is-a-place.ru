# Place.ttl, but: a place in itself
DELETE WHERE { kg:place_eastford kg:country ?o } ;
INSERT DATA { kg:place_eastford kg:country kg:place_eastford }
