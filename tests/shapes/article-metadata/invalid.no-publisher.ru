# Article.ttl, but: publisher is neither given nor marked as not stated
DELETE WHERE { kg:article_1 kg:publisher ?o }
