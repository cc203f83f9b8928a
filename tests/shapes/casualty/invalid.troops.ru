# CasualtyClaim.ttl, but: a measure of deployments
DELETE WHERE { kg:claim_killed kg:measure ?o } ;
INSERT DATA { kg:claim_killed kg:measure "troops" }
