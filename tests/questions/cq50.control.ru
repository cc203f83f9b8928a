# The same two claims, if the text said that the one force is part of the other.
PREFIX kg: <https://w3id.org/conflict-claims/>

INSERT { ?part kg:subsetOf ?whole } WHERE {
  ?part kg:deploymentStatus kg:deployment-status-arrived ; kg:best 1000 .
  ?whole a kg:DeploymentClaim ; kg:increment true ; kg:best 6000 .
}
