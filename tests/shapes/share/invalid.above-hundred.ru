# ShareClaim.ttl, but: more than the whole
DELETE WHERE { kg:claim_share kg:percent ?o } ;
INSERT DATA { kg:claim_share kg:percent 108.0 }
