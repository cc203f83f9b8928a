# Quotation.ttl, and: verbatim words of nobody in particular
DELETE DATA { kg:quotation_1 kg:attribution kg:link_1 ; kg:origin kg:actor_ole_brandt } ;
INSERT DATA { kg:quotation_1 kg:notStated kg:origin }
