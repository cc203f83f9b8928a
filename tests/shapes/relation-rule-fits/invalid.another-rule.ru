# ClaimRelation.ttl, but: the documented rule is another
DELETE WHERE { kg:relation_1 kg:relationRule ?o } ;
INSERT DATA { kg:relation_1 kg:relationRule kg:relation-rule-sum }
