# AttributionLink.ttl, but: no word on how the words are passed on
DELETE WHERE { kg:link_1 kg:mode ?o }
