# ClaimRelation.ttl, and: near, which is no conflict
DELETE WHERE { kg:relation_2 kg:relationType ?o } ;
DELETE WHERE { kg:claim_3 kg:conflictsWith kg:claim_2 . kg:claim_2 kg:conflictsWith kg:claim_3 } ;
INSERT DATA { kg:relation_2 kg:relationType kg:relation-type-cross-origin-near }
