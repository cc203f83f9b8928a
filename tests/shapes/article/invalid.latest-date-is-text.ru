# Article.ttl, but: the latest day is not a date
DELETE WHERE { kg:article_1 kg:latestDateMentioned ?o } ;
INSERT DATA { kg:article_1 kg:latestDateMentioned "3 May" }
