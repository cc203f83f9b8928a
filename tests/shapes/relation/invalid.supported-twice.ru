# ClaimRelation.ttl, but: borne out and not
INSERT DATA { kg:relation_3 kg:supported true }
