# ShareClaim.ttl, but: neither a number nor a word for one
DELETE WHERE { kg:claim_killed kg:low ?low ; kg:high ?high ; kg:best ?best }
