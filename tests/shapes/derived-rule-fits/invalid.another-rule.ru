# DerivedClaim.ttl, but: the documented rule is another
DELETE WHERE { kg:claim_3 kg:relationRule ?o } ;
INSERT DATA { kg:claim_3 kg:relationRule kg:relation-rule-share }
