# CasualtyClaim.ttl, and: at least so many
DELETE WHERE { kg:claim_killed kg:high ?high ; kg:best ?best }
