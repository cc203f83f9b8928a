# CasualtyClaim.ttl, but: a bare date instead of a time reference
DELETE WHERE { kg:claim_killed kg:asOf ?o } ;
INSERT DATA { kg:claim_killed kg:asOf "2031-05-02"^^xsd:date }
