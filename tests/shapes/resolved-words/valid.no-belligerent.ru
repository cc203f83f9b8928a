# CasualtyClaim.ttl, but: the text does not say who did it
DELETE WHERE { kg:claim_killed kg:belligerent ?o } ;
DELETE WHERE { kg:claim_killed kg:belligerentEvidence ?o } ;
INSERT DATA { kg:claim_killed kg:notStated kg:belligerent }
