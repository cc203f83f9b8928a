# CasualtyClaim.ttl, but: no word on how firmly the claim is put
DELETE WHERE { kg:claim_killed kg:modality ?o }
