# ClaimRelation.ttl, but: leads nowhere
DELETE WHERE { kg:relation_1 kg:to ?o }
