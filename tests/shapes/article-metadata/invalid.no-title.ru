# Article.ttl, but: title is neither given nor marked as not stated
DELETE WHERE { kg:article_1 dcterms:title ?o }
