# CasualtyClaim.ttl, but: the go-between lies behind the ultimate source
DELETE WHERE { kg:link_1 kg:order ?o } ;
INSERT DATA { kg:link_1 kg:order 2 } ;
DELETE WHERE { kg:link_2 kg:order ?o } ;
INSERT DATA { kg:link_2 kg:order 1 }
