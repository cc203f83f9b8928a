# AttributionLink.ttl, but: a bare date instead of a time reference
DELETE WHERE { kg:link_1 kg:saidOn ?o } ;
INSERT DATA { kg:link_1 kg:saidOn "2031-04-28"^^xsd:date }
