# Figure.ttl, but: nobody knows how the origin is known
DELETE WHERE { kg:figure_1 kg:basis ?o }
