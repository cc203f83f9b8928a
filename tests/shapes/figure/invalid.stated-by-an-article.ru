# Figure.ttl, but: an article states it
INSERT DATA { kg:figure_1 kg:statedBy kg:article_1 }
