# CasualtyClaim.ttl, but: a named agency is called undisclosed
DELETE WHERE { kg:link_1 kg:disclosure ?o } ;
INSERT DATA { kg:link_1 kg:disclosure kg:disclosure-undisclosed }
