"""Whether the clause that puts something at a place tells the event, or only speaks of it."""

from __future__ import annotations

from kg.claims.where.arrivals import arrives
from kg.claims.where.bare import Role
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token


def tells(sentence: Sentence, site: Site, role: Role) -> bool:
    """Whether the clause that puts something at the place is the one of the event, not of those who speak of it."""
    if role.kind in ("target", "event"):
        return True
    before = sentence.tokens[max(0, role.cue - 4) : role.cue]
    if any(t.lemma in words_of("event-noun") or t.lemma in words_of("event") for t in before):
        return True
    verb = next((a for a in sentence.ancestors(site.first) if a.pos in ("VERB", "AUX")), None)
    if verb is None:
        return False
    if verb.lemma in words_of("event") or verb.lemma in words_of("befall") or verb.lemma in words_of("ending-verb"):
        return True
    if arrives(sentence, role.cue):
        return True
    if sentence.tokens[role.cue].lower == "into" and verb.lemma in words_of("entering-verb"):
        return True
    if verb.lemma in words_of("destroying-verb") or verb.lemma in words_of("halting-verb"):
        return True
    if verb.lemma not in words_of("said-place") and _event_told(sentence, verb):
        return True
    under = [t.i for t in sentence.children(verb.i, "prep") if t.lower == "under"]  # "came under fire near Gao"
    return any(c.lemma in words_of("event") for i in under for c in sentence.children(i, "pobj"))


def _event_told(sentence: Sentence, verb: Token) -> bool:
    """ "The bomb went off", "they were driving home when gunmen attacked": what the verb tells is the event."""
    subjects = sentence.children(verb.i, "nsubj", "nsubjpass")
    if any(t.pos == "NOUN" and t.lemma in words_of_any("event-noun", "event") for t in subjects):
        return True
    if verb.lemma in words_of("travelling-verb"):
        return True
    after = sentence.children(verb.i, "advcl")
    return any(
        t.lemma in words_of("event") and any(c.lower == "when" for c in sentence.children(t.i, "advmod")) for t in after
    )
