# CasualtyClaim.ttl, but: a kind of casualty that no list has
INSERT DATA { kg:claim_killed kg:casualtyKind kg:casualty-kind-bruised }
