# Article.ttl, but: the file name holds a folder
DELETE WHERE { kg:article_1 kg:fileName ?o } ;
INSERT DATA { kg:article_1 kg:fileName "news/article_1.txt" }
