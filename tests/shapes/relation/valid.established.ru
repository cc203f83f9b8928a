# ClaimRelation.ttl, and: the text says that the origins are independent
DELETE WHERE { kg:relation_2 kg:independence ?o } ;
INSERT DATA { kg:relation_2 kg:independence kg:independence-established }
