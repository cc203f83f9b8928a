# Evidence.ttl, but: the selector quotes fewer words
DELETE WHERE { kg:quote_men oa:exact ?o } ;
INSERT DATA { kg:quote_men oa:exact "12 men" }
