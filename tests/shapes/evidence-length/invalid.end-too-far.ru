# Evidence.ttl, but: the offsets span more than the words; the text is not at hand
DELETE WHERE { kg:evidence_men kg:end ?o } ;
INSERT DATA { kg:evidence_men kg:end 24 } ;
DELETE WHERE { kg:position_men oa:end ?o } ;
INSERT DATA { kg:position_men oa:end 24 } ;
DELETE WHERE { kg:article_1 kg:text ?o }
