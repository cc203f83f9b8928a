# CasualtyClaim.ttl, but: no word on what found the claim
DELETE WHERE { kg:claim_killed kg:rule ?o }
