# ClaimRelation.ttl, and: one origin, which needs no independence
DELETE WHERE { kg:relation_2 kg:relationType ?o ; kg:independence ?i } ;
INSERT DATA { kg:relation_2 kg:relationType kg:relation-type-same-origin-conflict }
