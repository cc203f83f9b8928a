"""Counts of more than the event that a text is about: of a war, of weeks, of what somebody is blamed for.

Such a count has neither the place nor the date of that event, unless its own sentence names them.
"""

from __future__ import annotations

from datetime import timedelta

from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.dates import DateHit
from kg.mentions.lexica import words_of
from kg.mentions.wording import worded
from kg.model import TimeRef
from kg.nlp import Sentence

TIMES = 10  # a count so many times that of all others in the opening is no part of it
NEAR = 40  # code points from the first word of a claim to its number
LARGE = 300  # below this even a tenfold count may be the other side's claim of one battle
WEEK = timedelta(days=5)
_OPENING = ("title", "heading")
_PAST = frozenset({"past", "last", "previous", "same"})


def is_wider(reading: Reading, sentence: Sentence, first: int, main: TimeRef | None, *, land: bool = False) -> bool:
    """Whether the count at token `first` goes beyond one event; headlines never do.

    With `land`, the event has a whole country for its place, which a great number does not go beyond.

    Does not cover periods of months and years, which `covers_period` knows.
    """
    if sentence.block.kind in _OPENING:
        return False
    brief = main is None or main.earliest is None or main.latest is None or main.latest - main.earliest < WEEK
    return (
        (brief and ((not land and _outnumbers(reading, sentence, first)) or spans_days(sentence)))
        or _began_before(reading, sentence, first, main)
        or _blames(sentence, first)
        or _exchanges(sentence, first)
    )


def _outnumbers(reading: Reading, sentence: Sentence, first: int) -> bool:
    """ "80,000 soldiers have died" in a text that opens with a raid that killed three."""
    start = sentence.tokens[first].start
    amount = next((a for a in reading.amounts_in(sentence) if start <= a.evidence.start < start + NEAR), None)
    size = (amount.low or amount.high) if amount is not None else None
    if size is None or size < LARGE:
        return False
    lede = _opening(reading)
    if sentence in lede:
        return False
    opening = [a for s in lede for a in reading.amounts_in(s)]
    largest = max((a.low or a.high or 0 for a in opening), default=0)
    vague = any(a.vague for a in opening)
    return largest > 0 and not vague and size >= TIMES * largest


def _opening(reading: Reading) -> list[Sentence]:
    """The headline and the first sentence of the body."""
    titles = [s for s in reading.sentences if s.block.kind == "title"]
    return [*titles, *[s for s in reading.sentences if s.block.kind == "paragraph"][:1]]


def spans_days(sentence: Sentence) -> bool:
    """ "in the past week", "over the same period", "in a week of attacks", "losses for the week"."""
    tokens = sentence.tokens
    for token in worded(sentence, words_of("day-period")):
        k = token.i
        before = [t.lower for t in tokens[max(0, k - 4) : k]]
        after = tokens[k + 1].lower if k + 1 < len(tokens) else ""
        if not {"in", "over", "during", "within", "for"} & set(before):
            continue
        if "the" in before and _PAST & set(before):
            return True
        if before[-1:] in (["a"], ["the"]) and (after == "of" or before[-2:-1] == ["for"]):
            return True
    return False


def _began_before(reading: Reading, sentence: Sentence, first: int, main: TimeRef | None) -> bool:
    """ "27 soldiers since Monday" where the event was on Tuesday; not "since the siege began on Monday"."""
    if main is None or main.earliest is None:
        return False
    return any(
        h.relation == "since"
        and h.time.earliest is not None
        and h.time.earliest < main.earliest
        and _counts_from(sentence, h, first)
        for h in reading.dates_in(sentence)
    )


def _counts_from(sentence: Sentence, hit: DateHit, first: int) -> bool:
    """Whether "since" stands in the clause of the count, and means no single operation."""
    tokens = sentence.between(hit.start, hit.end)
    since = next((t for t in tokens if t.lower == "since"), None)
    if since is None or any(t.lemma in words_of("long-event") for t in sentence.tokens[since.i + 1 : since.i + 4]):
        return False
    verb = next((a for a in sentence.ancestors(since.i) if a.pos in ("VERB", "AUX", "NOUN")), None)
    return verb is not None and (verb.i == first or any(a.i == verb.i for a in sentence.ancestors(first)))


def _blames(sentence: Sentence, first: int) -> bool:
    """ "is responsible for the deaths of hundreds", "blamed for thousands of deaths": of many events."""
    return any(
        token.i < first
        and any(t.lower == "for" for t in sentence.tokens[token.i + 1 : token.i + 3])
        and any(t.lower in words_of("many") for t in sentence.tokens[first : first + 3])
        for token in worded(sentence, words_of("blaming"))
    )


def _exchanges(sentence: Sentence, first: int) -> bool:
    """ "handed over 175 prisoners", "a swap of 90 captives": what sides do with those they hold."""
    verb = next((t for t in (sentence.tokens[first], *sentence.ancestors(first)) if t.pos == "VERB"), None)
    if verb is None or verb.lemma not in words_of("exchange"):
        return False
    return verb.lemma != "hand" or any(c.lower == "over" for c in sentence.children(verb.i))


def is_ongoing(sentence: Sentence) -> bool:
    """ "Fighting raged for a 19th day": a sentence that tells of a battle of many days and counts nobody."""
    tokens = sentence.tokens
    for token in worded(sentence, words_of("day-unit")):
        if token.i == 0:
            continue
        nth = tokens[token.i - 1]
        ordinal = nth.ent in ("ORDINAL", "DATE") and nth.tag == "JJ"
        if ordinal and any(t.lower in ("for", "into") for t in tokens[max(0, token.i - 4) : token.i]):
            return not find_triggers(sentence)
    return False
