# Figure.ttl, but: stated and inferred
INSERT DATA { kg:figure_1 kg:runningTotal kg:basis-inferred }
