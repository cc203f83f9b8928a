# StatementClaim.ttl, but: no stance
DELETE WHERE { kg:claim_statement kg:stance ?o }
