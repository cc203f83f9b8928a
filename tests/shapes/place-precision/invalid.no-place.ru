# CasualtyClaim.ttl, but: a precision of no place
DELETE WHERE { kg:claim_killed kg:place ?o }
