# Article.ttl, but: a title is given and marked as not stated
INSERT DATA { kg:article_1 kg:notStated dcterms:title }
