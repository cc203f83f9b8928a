# Figure.ttl, but: no mention leads
DELETE WHERE { kg:figure_1 kg:lead ?o }
