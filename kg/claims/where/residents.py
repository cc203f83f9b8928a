"""The place of those who live where they say that something happened: "residents of Gao said"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.sources.frame import reporting_verbs
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_BACK = 6  # words from "residents" to the name: "residents of the neighbouring village of"


def at_home(sentence: Sentence, named: Sequence[Site]) -> Site | None:
    """The first place of a sentence whose residents are those who speak, no country; None for all other speakers."""
    tokens = sentence.tokens
    for site in named:
        near = tokens[max(0, site.first - _BACK) : site.first]
        who = next((t for t in reversed(near) if t.lemma in words_of("local-people")), None)
        if who is None or site.grain in ("country", "several", "province") or who.dep != "nsubj":
            continue
        joined = tokens[who.i + 1].lower in ("of", "in", "from")
        if joined and tokens[who.head].lemma in reporting_verbs():
            return site
    return None
