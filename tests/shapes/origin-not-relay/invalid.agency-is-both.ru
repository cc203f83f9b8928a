# CasualtyClaim.ttl, but: the agency that cites officials is listed beside them as a source
INSERT { kg:link_3 ?p ?o } WHERE { kg:link_2 ?p ?o FILTER(?p NOT IN (kg:agent, kg:disclosure)) } ;
INSERT DATA { kg:link_3 kg:agent kg:actor_lowland ; kg:disclosure kg:disclosure-named . kg:claim_killed kg:attribution kg:link_3 ; kg:origin kg:actor_lowland }
