# CasualtyClaim.ttl, but: the publisher stands at the step of a go-between, too
INSERT { kg:link_3 ?p ?o } WHERE { kg:link_0 ?p ?o FILTER(?p != kg:order) } ;
INSERT DATA { kg:link_3 kg:order 1 . kg:claim_killed kg:attribution kg:link_3 }
