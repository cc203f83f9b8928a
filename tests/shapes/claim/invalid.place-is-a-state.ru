# CasualtyClaim.ttl, but: an actor instead of a place
DELETE WHERE { kg:claim_killed kg:place ?o } ;
INSERT DATA { kg:claim_killed kg:place kg:actor_sudria }
