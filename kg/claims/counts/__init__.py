"""Who was killed, wounded, missing or captured, and how many: counts of a sentence → drafts."""
