# CasualtyClaim.ttl, but: a go-between without the words that make it one
DELETE WHERE { kg:link_1 kg:cue ?o }
