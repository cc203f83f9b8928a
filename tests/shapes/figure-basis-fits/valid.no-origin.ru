# Figure.ttl, and: no origin is stated
DELETE WHERE { kg:figure_1 kg:statedBy ?o ; kg:basis ?b }
