# StatementClaim.ttl, but: two topics
INSERT DATA { kg:claim_statement kg:topic kg:topic-treaty }
