# DeploymentClaim.ttl, but: no status
DELETE WHERE { kg:claim_deployment kg:deploymentStatus ?o }
