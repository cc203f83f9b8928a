# AttributionLink.ttl, and: without a day of publication nothing can come after it
DELETE WHERE { kg:article_1 kg:published ?o } ;
INSERT DATA { kg:article_1 kg:notStated kg:published } ;
DELETE WHERE { kg:time_monday kg:earliest ?o } ;
INSERT DATA { kg:time_monday kg:earliest "2099-01-01"^^xsd:date } ;
DELETE WHERE { kg:time_monday kg:latest ?o } ;
INSERT DATA { kg:time_monday kg:latest "2099-01-01"^^xsd:date }
