# ClaimRelation.ttl, but: starts nowhere
DELETE WHERE { kg:relation_1 kg:from ?o }
