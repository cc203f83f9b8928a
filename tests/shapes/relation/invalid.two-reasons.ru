# ClaimRelation.ttl, but: two reasons
INSERT DATA { kg:relation_3 kg:reason "another" }
