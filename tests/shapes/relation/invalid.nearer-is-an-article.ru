# ClaimRelation.ttl, but: an article stands nearer
DELETE WHERE { kg:relation_2 kg:nearerInTime ?o } ;
INSERT DATA { kg:relation_2 kg:nearerInTime kg:article_1 }
