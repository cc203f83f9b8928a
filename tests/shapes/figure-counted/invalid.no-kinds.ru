# Figure.ttl, but: nobody knows what is counted
DELETE WHERE { kg:figure_1 kg:casualtyKind ?o }
