# Figure.ttl, and: troops, not casualties
DELETE WHERE { kg:figure_1 kg:casualtyKind ?o ; kg:measure ?m } ;
INSERT DATA { kg:figure_1 kg:measure "troops" }
