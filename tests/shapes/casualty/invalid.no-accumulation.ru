# CasualtyClaim.ttl, but: no word on whether the number is a running total
DELETE WHERE { kg:claim_killed kg:accumulation ?o }
