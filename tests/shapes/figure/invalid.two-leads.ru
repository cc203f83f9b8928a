# Figure.ttl, but: two mentions lead
INSERT DATA { kg:figure_1 kg:lead kg:claim_2 }
