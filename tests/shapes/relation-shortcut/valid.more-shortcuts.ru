# ClaimRelation.ttl, and: a shortcut whose relation stands in another graph
INSERT DATA { kg:claim_3 kg:supersedes kg:claim_1 }
