# ShareClaim.ttl, but: the part is no count
DELETE WHERE { kg:claim_share kg:part ?o } ;
INSERT DATA { kg:claim_share kg:part kg:claim_share }
