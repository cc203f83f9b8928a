# Figure.ttl, but: two populations
INSERT DATA { kg:figure_1 kg:population kg:population_2 }
