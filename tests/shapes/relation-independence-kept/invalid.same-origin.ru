# ClaimRelation.ttl, but: one origin that is called independent of itself
DELETE WHERE { kg:relation_2 kg:relationType ?o } ;
INSERT DATA { kg:relation_2 kg:relationType kg:relation-type-same-origin-conflict }
