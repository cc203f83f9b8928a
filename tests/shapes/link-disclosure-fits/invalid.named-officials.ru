# CasualtyClaim.ttl, but: unnamed officials are called named
DELETE WHERE { kg:link_2 kg:disclosure ?o } ;
INSERT DATA { kg:link_2 kg:disclosure kg:disclosure-named }
