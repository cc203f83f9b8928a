# StatementClaim.ttl, but: a time takes a stance
INSERT DATA { kg:claim_statement kg:party kg:time_published }
