# StatementClaim.ttl, but: neither a proposition nor a word on its absence
DELETE WHERE { kg:claim_statement kg:proposition ?o }
