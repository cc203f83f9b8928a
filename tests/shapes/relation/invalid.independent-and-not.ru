# ClaimRelation.ttl, but: independent and not
INSERT DATA { kg:relation_2 kg:independence kg:independence-established }
