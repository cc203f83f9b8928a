# Evidence.ttl, but: the offsets are off by one
DELETE WHERE { kg:evidence_men kg:start ?o } ;
INSERT DATA { kg:evidence_men kg:start 13 } ;
DELETE WHERE { kg:position_men oa:start ?o } ;
INSERT DATA { kg:position_men oa:start 13 } ;
DELETE WHERE { kg:evidence_men kg:end ?o } ;
INSERT DATA { kg:evidence_men kg:end 21 } ;
DELETE WHERE { kg:position_men oa:end ?o } ;
INSERT DATA { kg:position_men oa:end 21 }
