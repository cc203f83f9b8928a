# Figure.ttl, but: named and inferred
INSERT DATA { kg:figure_1 kg:basis kg:basis-inferred }
