# DeploymentClaim.ttl, but: no word on whether it counts
DELETE WHERE { kg:claim_deployment kg:counted ?o }
