# CasualtyClaim.ttl, but: approximate without the word that says so
DELETE WHERE { kg:claim_killed kg:approximator ?o }
