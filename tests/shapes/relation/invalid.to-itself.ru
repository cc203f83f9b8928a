# ClaimRelation.ttl, but: a claim is a part of itself
INSERT DATA { kg:relation_3 kg:to kg:claim_4 . kg:claim_4 kg:subsetOf kg:claim_4 }
