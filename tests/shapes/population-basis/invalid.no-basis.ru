# Population.ttl, but: no word on how the allegiance is known
DELETE WHERE { kg:population_engineers kg:allegianceBasis ?o }
