# AttributionLink.ttl, but: no word on whether the text names the source
DELETE WHERE { kg:link_1 kg:basis ?o }
