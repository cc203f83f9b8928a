# ClaimRelation.ttl, but: a text instead of a number
DELETE WHERE { kg:relation_1 kg:ratio ?o } ;
INSERT DATA { kg:relation_1 kg:ratio "2.5" }
