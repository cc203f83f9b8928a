# DerivedClaim.ttl, and: a least number alone
DELETE WHERE { kg:claim_3 kg:high ?h } ;
INSERT DATA { kg:claim_3 kg:low 2 }
