# Evidence.ttl, but: no words
DELETE WHERE { kg:evidence_men kg:words ?o } ;
DELETE WHERE { kg:quote_men oa:exact ?o }
