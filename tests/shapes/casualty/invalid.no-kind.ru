# CasualtyClaim.ttl, but: no kind
DELETE WHERE { kg:claim_killed kg:casualtyKind ?o }
