# ClaimRelation.ttl, and: a chain of three
INSERT DATA { kg:claim_3 kg:supersedes kg:claim_2 }
