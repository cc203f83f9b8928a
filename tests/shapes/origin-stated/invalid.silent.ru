# ShareClaim.ttl, but: neither a source nor a word on its absence
DELETE DATA { kg:claim_share kg:notStated kg:origin }
