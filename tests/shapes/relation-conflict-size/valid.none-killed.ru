# ClaimRelation.ttl, and: none killed, by which nothing can be divided
DELETE WHERE { kg:claim_2 kg:low ?l ; kg:high ?h ; kg:best ?b } ;
DELETE WHERE { kg:relation_2 kg:ratio ?r } ;
INSERT DATA { kg:claim_2 kg:low 0 ; kg:high 0 ; kg:best 0 }
