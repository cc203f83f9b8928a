# ClaimRelation.ttl, but: no ratio
DELETE WHERE { kg:relation_2 kg:ratio ?o }
