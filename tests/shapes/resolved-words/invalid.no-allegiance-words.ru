# Population.ttl, but: nobody knows which words led to the allegiance
DELETE WHERE { kg:population_engineers kg:allegianceEvidence ?o }
