# DeploymentClaim.ttl, but: a number made up for dozens
INSERT DATA { kg:claim_deployment kg:best 24 }
