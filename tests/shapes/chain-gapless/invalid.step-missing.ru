# CasualtyClaim.ttl, but: the chain jumps from 1 to 3
DELETE WHERE { kg:link_2 kg:order ?o } ;
INSERT DATA { kg:link_2 kg:order 3 }
