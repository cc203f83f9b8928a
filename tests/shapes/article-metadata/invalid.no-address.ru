# Article.ttl, but: address is neither given nor marked as not stated
DELETE WHERE { kg:article_1 kg:url ?o }
