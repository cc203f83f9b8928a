# Evidence.ttl, but: the words quote another number than the article
DELETE WHERE { kg:evidence_men kg:words ?o } ;
INSERT DATA { kg:evidence_men kg:words "13 men 🙂" } ;
DELETE WHERE { kg:quote_men oa:exact ?o } ;
INSERT DATA { kg:quote_men oa:exact "13 men 🙂" }
