# ClaimRelation.ttl, but: no difference
DELETE WHERE { kg:relation_2 kg:difference ?o }
