# Evidence.ttl, but: three selectors
INSERT DATA { kg:evidence_men oa:hasSelector kg:extra_men }
