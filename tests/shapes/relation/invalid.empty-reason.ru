# ClaimRelation.ttl, but: a reason without a word
DELETE WHERE { kg:relation_3 kg:reason ?o } ;
INSERT DATA { kg:relation_3 kg:reason "" }
