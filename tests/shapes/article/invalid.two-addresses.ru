# Article.ttl, but: two web addresses
INSERT DATA { kg:article_1 kg:url "https://harbour-post.example/2"^^xsd:anyURI }
