# DeploymentClaim.ttl, but: a place that sends
DELETE WHERE { kg:claim_deployment kg:sender ?o } ;
INSERT DATA { kg:claim_deployment kg:sender kg:place_eastford }
