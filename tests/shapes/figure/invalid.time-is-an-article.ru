# Figure.ttl, but: an article for a time
DELETE WHERE { kg:figure_1 kg:asOf ?o } ;
INSERT DATA { kg:figure_1 kg:asOf kg:article_1 }
