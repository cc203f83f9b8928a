# CasualtyClaim.ttl, but: nobody knows which words name the place
DELETE WHERE { kg:claim_killed kg:placeEvidence ?o }
