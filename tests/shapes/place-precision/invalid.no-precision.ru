# CasualtyClaim.ttl, but: a place without a word on how exact it is
DELETE WHERE { kg:claim_killed kg:placePrecision ?o }
