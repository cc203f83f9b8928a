# AttributionLink.ttl, but: a source without the words that name it
DELETE WHERE { kg:link_1 kg:evidence ?o }
