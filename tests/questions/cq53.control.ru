# A number of killed of the same origin and month, if the text gave one.
PREFIX kg: <https://w3id.org/conflict-claims/>

INSERT { kg:claim_invented kg:measure "killed" ; kg:low 2000 ; kg:origin ?origin ; kg:asOf ?april } WHERE {
  ?both kg:measure "killed_or_wounded" ; kg:best 4700 ; kg:origin ?origin ; kg:asOf ?april .
}
