# UndisclosedSource.ttl, but: a step that is in no chain and has no role
INSERT DATA { kg:link_1 a kg:AttributionLink ; kg:agent kg:actor_officials ; kg:order 1 ; kg:mode kg:attribution-mode-indirect ; kg:disclosure kg:disclosure-undisclosed ; kg:basis kg:basis-stated }
