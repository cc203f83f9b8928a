# Figure.ttl, but: nobody gives the figure
DELETE WHERE { kg:figure_1 kg:claim ?o }
