# ClaimRelation.ttl, and: an updated toll of one day
DELETE WHERE { kg:claim_1 kg:asOf ?o } ;
INSERT DATA { kg:claim_1 kg:asOf kg:time_may }
