# AttributionLink.ttl, but: no word on whether the source is named
DELETE WHERE { kg:link_1 kg:disclosure ?o }
