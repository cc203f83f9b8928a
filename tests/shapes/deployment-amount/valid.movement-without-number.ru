# DeploymentClaim.ttl, and: forces are sent; the text does not say how many
DELETE WHERE { kg:claim_deployment kg:vagueAmount ?vague ; kg:increment ?more ; kg:approximate ?approximate ; kg:amountEvidence ?amount }
