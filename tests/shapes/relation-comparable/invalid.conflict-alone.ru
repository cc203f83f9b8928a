# ClaimRelation.ttl, but: a conflict of claims that are not called comparable
DELETE DATA { kg:claim_2 kg:comparableWith kg:claim_3 . kg:claim_3 kg:comparableWith kg:claim_2 }
