# DeploymentClaim.ttl, but: a word instead of true or false
DELETE WHERE { kg:claim_deployment kg:approximate ?o } ;
INSERT DATA { kg:claim_deployment kg:approximate "no" }
