# The same claim, if the text gave the number of one wave.
PREFIX kg: <https://w3id.org/conflict-claims/>

DELETE { ?restriction kg:words ?waves } INSERT { ?restriction kg:words "the first wave" } WHERE {
  ?claim kg:measure "killed" ; kg:population/kg:restriction ?restriction .
  ?restriction kg:words ?waves .
}
