# ClaimRelation.ttl, but: a claim supersedes itself
INSERT DATA { kg:relation_1 kg:to kg:claim_2 . kg:claim_2 kg:supersedes kg:claim_2 }
