# ClaimRelation.ttl, but: the relation is not stated directly
DELETE WHERE { kg:claim_2 kg:supersedes ?o }
