# Article.ttl, but: two titles
INSERT DATA { kg:article_1 dcterms:title "Another title" }
