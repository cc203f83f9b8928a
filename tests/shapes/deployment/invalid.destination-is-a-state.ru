# DeploymentClaim.ttl, but: an actor instead of a place
DELETE WHERE { kg:claim_deployment kg:destination ?o } ;
INSERT DATA { kg:claim_deployment kg:destination kg:actor_norland }
