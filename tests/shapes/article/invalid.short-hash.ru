# Article.ttl, but: the hash has four digits
DELETE WHERE { kg:article_1 kg:sha256 ?o } ;
INSERT DATA { kg:article_1 kg:sha256 "0123" }
