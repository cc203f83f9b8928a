# ClaimRelation.ttl, but: both stand nearer
INSERT DATA { kg:relation_2 kg:nearerInTime kg:claim_3 }
