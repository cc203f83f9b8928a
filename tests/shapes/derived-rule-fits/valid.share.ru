# DerivedClaim.ttl, and: computed out of a share
DELETE WHERE { kg:claim_3 kg:relationRule ?o ; kg:rule ?r } ;
INSERT DATA { kg:claim_3 kg:relationRule kg:relation-rule-share ; kg:rule "share" }
