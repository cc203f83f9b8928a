# CasualtyClaim.ttl, but: the page belongs to somebody else than the article does
DELETE WHERE { kg:link_0 kg:agent ?o } ;
INSERT DATA { kg:link_0 kg:agent kg:actor_norland } ;
DELETE WHERE { kg:claim_killed kg:publishedBy ?o } ;
INSERT DATA { kg:claim_killed kg:publishedBy kg:actor_norland }
