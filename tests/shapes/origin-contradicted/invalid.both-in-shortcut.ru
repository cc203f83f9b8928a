# Quotation.ttl, but: a speaker, and marked as without one
INSERT DATA { kg:quotation_1 kg:notStated kg:origin }
