# ClaimRelation.ttl, but: a conflict of three
INSERT DATA { kg:relation_2 kg:to kg:claim_1 . kg:claim_3 kg:conflictsWith kg:claim_1 ; kg:comparableWith kg:claim_1 . kg:claim_1 kg:conflictsWith kg:claim_3 ; kg:comparableWith kg:claim_3 }
