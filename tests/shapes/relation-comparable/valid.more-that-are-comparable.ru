# ClaimRelation.ttl, and: two more that are comparable
INSERT DATA { kg:claim_1 kg:comparableWith kg:claim_2 . kg:claim_2 kg:comparableWith kg:claim_1 }
