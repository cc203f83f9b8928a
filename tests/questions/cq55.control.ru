# What the Ukrainian president says of the captured, if he said it of the killed.
PREFIX kg: <https://w3id.org/conflict-claims/>

DELETE { ?claim kg:measure "captured" } INSERT { ?claim kg:measure "killed" } WHERE {
  ?claim kg:measure "captured" .
}
