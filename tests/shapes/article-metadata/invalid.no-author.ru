# Article.ttl, but: author is neither given nor marked as not stated
DELETE WHERE { kg:article_1 kg:author ?o }
