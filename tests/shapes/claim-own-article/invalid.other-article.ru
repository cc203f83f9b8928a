# CasualtyClaim.ttl, but: words of another article
INSERT { kg:article_2 ?p ?o } WHERE { kg:article_1 ?p ?o FILTER(?p != kg:text) } ;
DELETE WHERE { kg:evidence_heavy oa:hasSource ?o } ;
INSERT DATA { kg:evidence_heavy oa:hasSource kg:article_2 }
