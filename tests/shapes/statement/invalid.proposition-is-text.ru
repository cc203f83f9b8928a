# StatementClaim.ttl, but: bare words instead of evidence
DELETE WHERE { kg:claim_statement kg:proposition ?o } ;
INSERT DATA { kg:claim_statement kg:proposition "the deployment" }
