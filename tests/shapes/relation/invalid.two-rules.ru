# ClaimRelation.ttl, but: two rules
INSERT DATA { kg:relation_1 kg:relationRule kg:relation-rule-sum }
