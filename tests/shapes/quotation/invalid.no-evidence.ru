# Quotation.ttl, but: no words
DELETE WHERE { kg:quotation_1 kg:evidence ?o }
