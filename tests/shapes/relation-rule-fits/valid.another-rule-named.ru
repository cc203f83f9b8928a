# ClaimRelation.ttl, and: another rule, documented and named
DELETE WHERE { kg:relation_1 kg:relationRule ?o ; kg:rule ?p } ;
INSERT DATA { kg:relation_1 kg:relationRule kg:relation-rule-updated ; kg:rule "updated" }
