# Evidence.ttl, but: no end
DELETE WHERE { kg:evidence_men kg:end ?o } ;
DELETE WHERE { kg:position_men oa:end ?o }
