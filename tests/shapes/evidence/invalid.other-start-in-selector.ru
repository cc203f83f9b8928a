# Evidence.ttl, but: the selector starts elsewhere
DELETE WHERE { kg:position_men oa:start ?o } ;
INSERT DATA { kg:position_men oa:start 13 }
