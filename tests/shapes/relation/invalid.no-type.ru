# ClaimRelation.ttl, but: no type
DELETE WHERE { kg:relation_1 kg:relationType ?o }
