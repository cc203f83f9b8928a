# Evidence.ttl, but: words from nowhere
DELETE WHERE { kg:evidence_men oa:hasSource ?o }
