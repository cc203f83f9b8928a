# AttributionLink.ttl, and: no outlet is stated, so that the chain starts one step later
DELETE DATA { kg:claim_killed kg:attribution kg:link_0 ; kg:publishedBy kg:actor_harbour_post . kg:article_1 kg:publisher kg:actor_harbour_post } ;
INSERT DATA { kg:article_1 kg:notStated kg:publisher }
