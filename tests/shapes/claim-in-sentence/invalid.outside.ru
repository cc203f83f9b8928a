# CasualtyClaim.ttl, but: the sentence is elsewhere
DELETE WHERE { kg:claim_killed kg:sentence ?o } ;
INSERT DATA { kg:claim_killed kg:sentence kg:evidence_fate }
