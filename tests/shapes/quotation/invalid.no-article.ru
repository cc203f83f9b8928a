# Quotation.ttl, but: words from nowhere
DELETE DATA { kg:quotation_1 kg:article kg:article_1 . kg:quotation_1 kg:attribution kg:link_0 . kg:quotation_1 kg:publishedBy kg:actor_harbour_post } ;
DELETE DATA { kg:quotation_1 kg:attribution kg:link_1 . kg:quotation_1 kg:origin kg:actor_ole_brandt } ;
INSERT DATA { kg:quotation_1 kg:notStated kg:origin }
