# Quotation.ttl, but: neither a speaker nor a word on the absence of one
DELETE DATA { kg:quotation_1 kg:attribution kg:link_1 . kg:quotation_1 kg:origin kg:actor_ole_brandt }
