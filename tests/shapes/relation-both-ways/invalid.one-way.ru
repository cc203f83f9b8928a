# ClaimRelation.ttl, but: the conflict is stated in one direction
DELETE DATA { kg:claim_2 kg:conflictsWith kg:claim_3 }
