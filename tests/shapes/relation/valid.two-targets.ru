# ClaimRelation.ttl, and: a part of two counts
INSERT DATA { kg:relation_3 kg:to kg:claim_2 . kg:claim_4 kg:subsetOf kg:claim_2 }
