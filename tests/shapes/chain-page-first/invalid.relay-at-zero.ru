# CasualtyClaim.ttl, but: a go-between stands at the page's step
DELETE WHERE { kg:link_1 kg:order ?o } ;
INSERT DATA { kg:link_1 kg:order 0 } ;
DELETE WHERE { kg:link_2 kg:order ?o } ;
INSERT DATA { kg:link_2 kg:order 1 }
