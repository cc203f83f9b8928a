# Article.ttl, but: day is neither given nor marked as not stated
DELETE WHERE { kg:article_1 kg:published ?o }
