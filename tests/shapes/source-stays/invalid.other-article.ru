# CasualtyClaim.ttl, but: unnamed officials of another article
INSERT { kg:article_2 ?p ?o } WHERE { kg:article_1 ?p ?o FILTER(?p != kg:text) } ;
DELETE WHERE { kg:actor_officials kg:scope ?o } ;
INSERT DATA { kg:actor_officials kg:scope kg:article_2 }
