# AttributionLink.ttl, but: nobody speaks
DELETE WHERE { kg:link_1 kg:agent ?o } ;
DELETE WHERE { kg:claim_killed kg:origin ?o }
