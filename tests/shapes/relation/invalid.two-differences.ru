# ClaimRelation.ttl, but: two differences
INSERT DATA { kg:relation_1 kg:difference 17 }
