# AttributionLink.ttl, but: neither a time nor a word on its absence
DELETE DATA { kg:claim_killed kg:notStated kg:asOf }
