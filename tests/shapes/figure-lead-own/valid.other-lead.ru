# Figure.ttl, and: the other mention leads
DELETE WHERE { kg:figure_1 kg:lead ?o } ;
INSERT DATA { kg:figure_1 kg:lead kg:claim_2 }
