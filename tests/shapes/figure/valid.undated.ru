# Figure.ttl, and: no time
DELETE WHERE { kg:figure_1 kg:asOf ?o }
