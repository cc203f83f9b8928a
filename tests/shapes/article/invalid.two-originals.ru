# Article.ttl, but: the article is a copy of two
INSERT DATA { kg:article_1 kg:copyOf kg:article_9 . kg:article_9 a kg:Article ; kg:fileName "article_9.txt" ;
  kg:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" ;
  kg:notStated dcterms:title , kg:publisher , kg:author , kg:published , kg:url }
