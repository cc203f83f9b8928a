# CasualtyClaim.ttl, but: nobody knows which words led to the belligerent
DELETE WHERE { kg:claim_killed kg:belligerentEvidence ?o }
