# Article.ttl, but: the publisher is a place
INSERT DATA { kg:place_x a kg:Place ; rdfs:label "Harbour"@en } ;
DELETE WHERE { kg:article_1 kg:publisher ?o } ;
INSERT DATA { kg:article_1 kg:publisher kg:place_x }
