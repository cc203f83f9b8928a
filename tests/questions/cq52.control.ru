# The number that covers the missing among others, if it covered no others.
PREFIX kg: <https://w3id.org/conflict-claims/>

DELETE { ?claim kg:measure ?several } INSERT { ?claim kg:measure "missing" } WHERE {
  ?claim kg:casualtyKind kg:casualty-kind-missing ; kg:measure ?several .
}
