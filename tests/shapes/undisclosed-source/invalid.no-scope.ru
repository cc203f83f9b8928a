# UndisclosedSource.ttl, but: an undisclosed source that floats free
DELETE WHERE { kg:actor_officials kg:scope ?o }
