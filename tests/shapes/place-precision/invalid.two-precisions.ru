# CasualtyClaim.ttl, but: exact and a country at once
INSERT DATA { kg:claim_killed kg:placePrecision kg:place-precision-country }
