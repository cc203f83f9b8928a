# CasualtyClaim.ttl, and: two sources say so side by side
INSERT { kg:link_3 ?p ?o } WHERE { kg:link_2 ?p ?o FILTER(?p NOT IN (kg:agent, kg:disclosure)) } ;
INSERT DATA { kg:link_3 kg:agent kg:actor_sudria ; kg:disclosure kg:disclosure-named . kg:claim_killed kg:attribution kg:link_3 ; kg:origin kg:actor_sudria }
