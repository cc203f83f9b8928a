# CasualtyClaim.ttl, but: a time is given and marked as not stated
INSERT DATA { kg:claim_killed kg:notStated kg:asOf }
