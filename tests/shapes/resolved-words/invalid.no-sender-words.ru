# DeploymentClaim.ttl, but: nobody knows which words led to the sender
DELETE WHERE { kg:claim_deployment kg:senderEvidence ?o }
