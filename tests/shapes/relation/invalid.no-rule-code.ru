# ClaimRelation.ttl, but: no documented rule
DELETE WHERE { kg:relation_1 kg:relationRule ?o }
