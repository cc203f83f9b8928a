# CasualtyClaim.ttl, but: a place that shoots
DELETE WHERE { kg:claim_killed kg:belligerent ?o } ;
INSERT DATA { kg:claim_killed kg:belligerent kg:place_eastford }
