# ClaimRelation.ttl, and: a sum, which has two parts
DELETE WHERE { kg:relation_2 kg:relationType ?o ; kg:independence ?i } ;
DELETE WHERE { kg:claim_3 kg:conflictsWith kg:claim_2 ; kg:comparableWith kg:claim_2 . kg:claim_2 kg:conflictsWith kg:claim_3 ; kg:comparableWith kg:claim_3 } ;
INSERT DATA { kg:relation_2 kg:relationType kg:relation-type-sum-of ; kg:to kg:claim_1 . kg:claim_3 kg:sumOf kg:claim_1 , kg:claim_2 }
