# AttributionLink.ttl, and: no outlet is stated, so that the author stands for the page
DELETE WHERE { kg:article_1 kg:publisher ?o } ;
DELETE DATA { kg:article_1 kg:notStated kg:author } ;
INSERT DATA { kg:actor_ida a kg:Person ; rdfs:label "Ida Quill"@en . kg:article_1 kg:author kg:actor_ida ; kg:notStated kg:publisher } ;
DELETE WHERE { kg:link_0 kg:agent ?o } ;
INSERT DATA { kg:link_0 kg:agent kg:actor_ida } ;
DELETE WHERE { kg:claim_killed kg:publishedBy ?o } ;
INSERT DATA { kg:claim_killed kg:publishedBy kg:actor_ida }
