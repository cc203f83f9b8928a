# AttributionLink.ttl, and: the outlet counted itself and the text gives no other source
DELETE WHERE { kg:link_1 kg:agent ?o } ;
INSERT DATA { kg:link_1 kg:agent kg:actor_harbour_post } ;
DELETE WHERE { kg:claim_killed kg:origin ?o } ;
INSERT DATA { kg:claim_killed kg:origin kg:actor_harbour_post }
