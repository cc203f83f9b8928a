# CasualtyClaim.ttl, but: nobody was counted
DELETE WHERE { kg:claim_killed kg:population ?o }
