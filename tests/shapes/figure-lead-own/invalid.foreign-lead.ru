# Figure.ttl, but: the lead is none of its mentions
DELETE DATA { kg:figure_1 kg:claim kg:claim_1 }
