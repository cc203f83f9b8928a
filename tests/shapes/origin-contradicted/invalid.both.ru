# AttributionLink.ttl, but: a source, and marked as without one
INSERT DATA { kg:claim_killed kg:notStated kg:origin }
