# ClaimRelation.ttl, but: nobody knows whether it is inferred
DELETE WHERE { kg:relation_1 kg:basis ?o }
