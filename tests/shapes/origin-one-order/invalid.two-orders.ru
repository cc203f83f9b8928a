# AttributionLink.ttl, but: two ultimate sources, one behind the other
INSERT { kg:link_2 ?p ?o } WHERE { kg:link_1 ?p ?o FILTER(?p != kg:order) } ;
INSERT DATA { kg:link_2 kg:order 2 . kg:claim_killed kg:attribution kg:link_2 }
