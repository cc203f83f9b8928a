# CasualtyClaim.ttl, but: a claim without its sentence
DELETE WHERE { kg:claim_killed kg:sentence ?o }
