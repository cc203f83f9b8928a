# ClaimRelation.ttl, and: "more than 50" has no single number to subtract from
DELETE WHERE { kg:claim_3 kg:best ?b ; kg:high ?h } ;
DELETE WHERE { kg:relation_2 kg:difference ?d ; kg:ratio ?r }
