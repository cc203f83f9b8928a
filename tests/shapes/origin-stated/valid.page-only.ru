# AttributionLink.ttl, and: the article speaks in its own voice
DELETE DATA { kg:claim_killed kg:attribution kg:link_1 ; kg:origin kg:actor_ole_brandt } ;
INSERT DATA { kg:claim_killed kg:notStated kg:origin }
