# Figure.ttl, and: a single mention
DELETE DATA { kg:figure_1 kg:claim kg:claim_2 }
