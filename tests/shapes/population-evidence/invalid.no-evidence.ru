# Population.ttl, but: words without their place
DELETE WHERE { kg:population_engineers kg:groupEvidence ?o }
