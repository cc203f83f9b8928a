# StatementClaim.ttl, but: nobody knows which words led to the party
DELETE WHERE { kg:claim_statement kg:partyEvidence ?o }
