# ClaimRelation.ttl, but: a text instead of yes or no
DELETE WHERE { kg:relation_3 kg:supported ?o } ;
INSERT DATA { kg:relation_3 kg:supported "no" }
