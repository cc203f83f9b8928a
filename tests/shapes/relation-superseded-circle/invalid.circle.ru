# ClaimRelation.ttl, but: the number that was superseded supersedes it in turn
INSERT DATA { kg:claim_1 kg:supersedes kg:claim_2 }
