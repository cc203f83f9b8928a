# CasualtyClaim.ttl, but: a claim without words
DELETE WHERE { kg:claim_killed kg:evidence ?o }
