# ClaimRelation.ttl, but: no reason
DELETE WHERE { kg:relation_1 kg:explanation ?o }
