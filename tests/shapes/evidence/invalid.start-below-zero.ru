# Evidence.ttl, but: the words start before the article does
DELETE WHERE { kg:evidence_men kg:start ?o } ;
INSERT DATA { kg:evidence_men kg:start -1 } ;
DELETE WHERE { kg:position_men oa:start ?o } ;
INSERT DATA { kg:position_men oa:start -1 } ;
DELETE WHERE { kg:evidence_men kg:end ?o } ;
INSERT DATA { kg:evidence_men kg:end 7 } ;
DELETE WHERE { kg:position_men oa:end ?o } ;
INSERT DATA { kg:position_men oa:end 7 } ;
DELETE WHERE { kg:article_1 kg:text ?o }
