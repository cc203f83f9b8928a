# Article.ttl, but: an outlet is called the author
INSERT DATA { kg:article_1 kg:author kg:actor_harbour_post }
