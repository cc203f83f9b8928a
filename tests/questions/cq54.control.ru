# The captured soldiers, if they were civilians.
PREFIX kg: <https://w3id.org/conflict-claims/>

INSERT { ?group kg:populationRole kg:population-role-civilian } WHERE {
  ?claim kg:measure "captured" ; kg:population ?group .
}
