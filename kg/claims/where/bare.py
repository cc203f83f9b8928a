"""The role of a place that no preposition gives: of an office, a war, what is left or what befell it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.where.befallen import explained, suffers
from kg.claims.where.sites import Site
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


@dataclass(frozen=True, slots=True)
class Role:
    """How a place stands in its sentence: `cue` is the token that puts something there.

    `kind`: "at", "near", "target" (attacked, bombed), "event" ("the Kabul bombing"), "goal" (to, into),
    "source" (from, out of).
    """

    kind: str
    cue: int


def of_victim(sentence: Sentence, site: Site) -> Role | None:
    """ "The mayor of Gao was shot dead": where those who are killed hold an office of the place."""
    tokens = sentence.tokens
    if site.begin < 2 or tokens[site.begin - 1].lower != "of" or site.grain not in ("settlement", "district"):
        return None
    office = next(
        (t for t in reversed(tokens[max(0, site.begin - 5) : site.begin]) if t.lemma in words_of("local-office")), None
    )
    if office is None:
        return None
    top = office
    while top.dep in ("appos", "compound", "pobj", "prep") and top.head != top.i:
        top = tokens[top.head]
    verb = tokens[top.head]
    befalls = top.dep in ("nsubjpass", "dobj") and verb.lemma in words_of("event")
    return Role("at", verb.i) if befalls else None


def left(sentence: Sentence, site: Site) -> Role | None:
    """ "The contingent left Gao": what somebody moves away from."""
    name = sentence.tokens[site.last]
    verb = sentence.tokens[name.head]
    gone = name.dep == "dobj" and verb.pos == "VERB" and verb.lemma in words_of("departure-verb")
    return Role("source", verb.i) if gone else None


def at_war(sentence: Sentence, site: Site) -> Role | None:
    """ "Congo's eastern wars": the land that a war is said to be of."""
    if not site.owner or site.grain != "country":
        return None
    after = sentence.tokens[site.last + 1 : site.last + 5]
    war = next((t.i for t in after if t.lower in words_of("lasting")), None)
    return Role("event", war) if war is not None else None


def befallen(sentence: Sentence, site: Site, *, sure: bool) -> Role | None:
    """ "Douma was shelled": the subject of a violent verb in the passive, or of "came under attack"."""
    verb = suffers(sentence, site.last) if site.grain != "country" else None
    if verb is None or not (sure or explained(sentence, site.end)):
        return None
    return Role("target", verb)
