# AttributionLink.ttl, but: bare words instead of evidence
DELETE WHERE { kg:link_1 kg:evidence ?o } ;
INSERT DATA { kg:link_1 kg:evidence "Ole Brandt" }
