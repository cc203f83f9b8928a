# The killed of January, if the text gave them for April.
PREFIX kg: <https://w3id.org/conflict-claims/>

DELETE { ?claim kg:asOf ?january } INSERT { ?claim kg:asOf ?april } WHERE {
  ?both kg:measure "killed_or_wounded" ; kg:asOf ?april .
  ?claim kg:measure "killed" ; kg:best 200 ; kg:asOf ?january .
}
