# ShareClaim.ttl, but: neither words nor a word on their absence
DELETE DATA { kg:population_dead kg:notStated kg:groupWords }
