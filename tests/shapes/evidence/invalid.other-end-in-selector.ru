# Evidence.ttl, but: the selector ends elsewhere
DELETE WHERE { kg:position_men oa:end ?o } ;
INSERT DATA { kg:position_men oa:end 24 }
