# CasualtyClaim.ttl, and: heavy losses, without a number
DELETE WHERE { kg:claim_killed kg:low ?low ; kg:high ?high ; kg:best ?best ; kg:approximate ?approximate ; kg:approximator ?words ; kg:amountEvidence ?amount }
