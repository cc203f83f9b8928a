# DeploymentClaim.ttl, but: no forces
DELETE WHERE { kg:claim_deployment kg:population ?o }
