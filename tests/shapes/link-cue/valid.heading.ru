# CasualtyClaim.ttl, and: a heading names a go-between without a word of saying
DELETE WHERE { kg:link_1 kg:cue ?o } ;
DELETE WHERE { kg:link_1 kg:mode ?o } ;
INSERT DATA { kg:link_1 kg:mode kg:attribution-mode-headline }
