# ClaimRelation.ttl, but: nothing is said about independence
DELETE WHERE { kg:relation_2 kg:independence ?o }
