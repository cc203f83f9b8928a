# AttributionLink.ttl, but: a code from another list
DELETE WHERE { kg:link_1 kg:mode ?o } ;
INSERT DATA { kg:link_1 kg:mode kg:modality-asserted }
