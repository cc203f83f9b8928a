# Figure.ttl, but: no origin, and yet it is called stated
DELETE WHERE { kg:figure_1 kg:statedBy ?o }
