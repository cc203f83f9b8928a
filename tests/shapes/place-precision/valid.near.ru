# CasualtyClaim.ttl, but: near the town
DELETE DATA { kg:claim_killed kg:placePrecision kg:place-precision-exact } ;
INSERT DATA { kg:claim_killed kg:placePrecision kg:place-precision-near }
