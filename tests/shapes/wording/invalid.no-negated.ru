# CasualtyClaim.ttl, but: no word on whether the text denies the claim
DELETE WHERE { kg:claim_killed kg:negated ?o }
