# DeploymentClaim.ttl, but: counts nothing, and dozens
DELETE WHERE { kg:claim_deployment kg:counted ?o } ;
INSERT DATA { kg:claim_deployment kg:counted false }
