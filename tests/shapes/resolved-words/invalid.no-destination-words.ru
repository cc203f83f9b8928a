# DeploymentClaim.ttl, but: nobody knows which words name the destination
DELETE WHERE { kg:claim_deployment kg:destinationEvidence ?o }
