# ClaimRelation.ttl, but: the March number supersedes the May number
DELETE WHERE { kg:claim_2 kg:asOf ?o } ;
DELETE WHERE { kg:claim_1 kg:asOf ?o } ;
INSERT DATA { kg:claim_2 kg:asOf kg:time_march . kg:claim_1 kg:asOf kg:time_may }
