# CasualtyClaim.ttl, but: two fates
INSERT DATA { kg:claim_killed kg:fate kg:fate-repatriated }
