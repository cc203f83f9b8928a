# DeploymentClaim.ttl, but: a vague amount without words
DELETE WHERE { kg:claim_deployment kg:vagueAmount ?o } ;
INSERT DATA { kg:claim_deployment kg:vagueAmount "" }
