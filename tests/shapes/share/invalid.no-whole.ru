# ShareClaim.ttl, but: a share of nothing
DELETE WHERE { kg:claim_share kg:whole ?o }
