# DeploymentClaim.ttl, but: on top of others and not
INSERT DATA { kg:claim_deployment kg:increment false }
