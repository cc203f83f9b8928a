# Figure.ttl, but: a code of another list says how the running total is known
DELETE WHERE { kg:figure_1 kg:runningTotal ?o } ;
INSERT DATA { kg:figure_1 kg:runningTotal kg:modality-asserted }
