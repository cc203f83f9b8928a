# UndisclosedSource.ttl, but: a step that is in no chain and has a word for a place
INSERT DATA { kg:link_1 a kg:AttributionLink ; kg:agent kg:actor_officials ; kg:role kg:attribution-role-publisher ; kg:order "first" ; kg:mode kg:attribution-mode-indirect ; kg:disclosure kg:disclosure-undisclosed ; kg:basis kg:basis-stated }
