# Article.ttl, but: a month is no day
DELETE WHERE { kg:article_1 kg:published ?o } ;
INSERT DATA { kg:article_1 kg:published "2031-05" }
