"""Which dates of a sentence say when a count of it holds: those of its own clause, not of its neighbours'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.claims.sources.frame import reporting_verbs
from kg.mentions import calendar
from kg.mentions.dates import DateHit
from kg.mentions.lexica import words_of
from kg.mentions.reckoning import at_distance, count_of
from kg.model import TimeRef
from kg.nlp import Sentence, Token

RECENT = 31  # days before publication in which a date of somebody else's clause can still be that of the news
_SIGN = {"after": -1, "since": -1, "before": 1}  # the other event is so much earlier or later
_APART = ("relcl", "acl")


@dataclass(frozen=True, slots=True)
class Offset:
    """ "Two weeks after a raid that left 11 dead": the tokens after it hold so much before the date at hand.

    `count` is None where the text does not say how much ("days after").
    """

    tokens: frozenset[int]
    count: int | None
    unit: str

    def of(self, time: TimeRef) -> TimeRef | None:
        """The time that lies so far from another one; None where either is not exact enough."""
        if self.count is None or time.earliest is None or time.earliest != time.latest:
            return None
        found = at_distance(time.earliest, self.count, self.unit)
        return replace(time, edtf=found.edtf, earliest=found.earliest, latest=found.latest, basis="inferred")


def clause_of(sentence: Sentence, i: int) -> Token:
    """The verb (or the root) of the clause that token `i` stands in."""
    token = sentence.tokens[i]
    for above in (token, *sentence.ancestors(i)):
        if above.pos in ("VERB", "AUX") and above.dep not in ("aux", "auxpass", "amod", "compound"):
            return above
        token = above
    return token


def top_of(sentence: Sentence, hit: DateHit) -> Token | None:
    """The token of a date that the others of it hang on."""
    tokens = sentence.between(hit.start, hit.end)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head not in inside or t.head == t.i), None)


def governs(sentence: Sentence, hit: DateHit, first: int, last: int, published: date | None) -> bool:
    """Whether a date can be that of the count at tokens `first` to `last`.

    Not one that describes somebody ("who took office in 2021"), compares ("the deadliest since 2014"), belongs
    to another thing that is reported in the same breath, or to what was done about the deaths long after.
    """
    top = top_of(sentence, hit)
    if top is None:
        return True
    if _describes_group(sentence, hit, first, last) or (hit.relation == "since" and compares(sentence, hit)):
        return False
    verb = clause_of(sentence, top.i)
    own = set(range(first, last + 1))
    if hit.relation == "since" and not _goes_on(sentence, top, own):
        return False
    above = {a.i for i in own for a in sentence.ancestors(i)}
    if verb.i in own or _on_event(sentence, top):
        return True
    if verb.i in above:
        return not (verb.lemma in words_of("aftermath-verb") and _below(sentence, verb, first))
    if tells_event(sentence, verb) or _subject_tells(sentence, verb):
        return True
    if verb.dep in _APART:
        nominal = verb.head in own and tells_event(sentence, sentence.tokens[first])
        return nominal or not apart(sentence, hit, published)
    if verb.dep in ("ccomp", "conj") and sentence.tokens[verb.head].lemma in reporting_verbs():
        return verb.lemma in reporting_verbs()
    described = _describing_noun(sentence, top, above | own)
    return described is None or tells_event(sentence, described)


def _on_event(sentence: Sentence, top: Token) -> bool:
    """ "The 2019 attack", "Monday's raid": the date of a thing that happens, whatever is done about it."""
    return top.dep in ("nummod", "compound", "poss", "nmod", "amod") and tells_event(
        sentence, sentence.tokens[top.head]
    )


def apart(sentence: Sentence, hit: DateHit, published: date | None) -> bool:
    """Whether a date only describes somebody or something: "who took office in 2021", "opened in 2013"."""
    top = top_of(sentence, hit)
    verb = clause_of(sentence, top.i) if top is not None else None
    if verb is None or verb.dep not in _APART:
        return False
    noun = sentence.tokens[verb.head]
    if noun.lemma in words_of("document-noun"):
        return False
    if tells_event(sentence, noun) or tells_event(sentence, verb):
        return verb.lemma in reporting_verbs()
    speaks = noun.dep == "nsubj" and sentence.tokens[noun.head].lemma in reporting_verbs()
    return speaks or not _recent(hit, published)


def in_relative(sentence: Sentence, hit: DateHit) -> bool:
    """Whether a date stands in a relative clause."""
    top = top_of(sentence, hit)
    return top is not None and clause_of(sentence, top.i).dep in _APART


def _goes_on(sentence: Sentence, top: Token, own: set[int]) -> bool:
    """Whether "since" belongs to what happens, not to a thing ("a camp, home to refugees since 2013")."""
    head = sentence.tokens[top.head]
    while head.pos in ("ADP", "SCONJ") and head.head != head.i:
        head = sentence.tokens[head.head]
    if head.pos in ("VERB", "AUX") or head.i in own or head.lemma in words_of("time-unit"):
        return True
    return (
        tells_event(sentence, head) or head.lemma in words_of("long-event") or head.lemma in words_of("casualty-topic")
    )


def _recent(hit: DateHit, published: date | None) -> bool:
    """Whether a date is one day of the month before publication, so that it may be news and no biography."""
    day = hit.time.earliest
    return day is not None and day == hit.time.latest and published is not None and (published - day).days <= RECENT


def _describing_noun(sentence: Sentence, top: Token, related: set[int]) -> Token | None:
    """The noun in apposition that a date belongs to ("home to refugees since 2013")."""
    for token in (top, *sentence.ancestors(top.i)):
        if token.i in related:
            return None
        if token.dep == "appos":
            return token
    return None


def _below(sentence: Sentence, verb: Token, first: int) -> bool:
    """Whether the count is not the verb's own object: "sentenced a man for killing nine", "visited the dead"."""
    return sentence.tokens[first].head != verb.i


def tells_event(sentence: Sentence, token: Token) -> bool:
    """Whether a word names something violent, or a disaster, that happens on a day: "opened fire", not "opened"."""
    if token.lemma == "open":
        return any(c.lemma == "fire" for c in sentence.children(token.i))
    return token.lemma in words_of("event") or token.lower in words_of("event")


def _subject_tells(sentence: Sentence, verb: Token) -> bool:
    return any(tells_event(sentence, s) for s in sentence.children(verb.i, "nsubj", "nsubjpass"))


def _describes_group(sentence: Sentence, hit: DateHit, first: int, last: int) -> bool:
    """ "12 veterans of the 1991 war": a date inside the counted group says nothing of when they were counted."""
    tokens = sentence.between(hit.start, hit.end)
    if not tokens or not first <= tokens[0].i <= last:
        return False
    above = next((a for a in sentence.ancestors(tokens[-1].i) if a.pos in ("NOUN", "VERB")), None)
    return (
        above is not None
        and above.pos == "NOUN"
        and first <= above.i <= last
        and tokens[0].dep in ("compound", "nummod", "amod")
    )


def compares(sentence: Sentence, hit: DateHit) -> bool:
    """ "The deadliest attack since 2014": what began then is a comparison, not a count."""
    begin = sentence.between(hit.start, hit.end)[0].i
    for token in reversed(sentence.tokens[max(0, begin - 8) : begin]):
        before, after = sentence.tokens[max(0, token.i - 1)], sentence.tokens[token.i + 1]
        if token.pos in ("VERB", "NUM") or token.text == ",":
            return False
        superlative = token.tag in ("JJS", "RBS") and before.lower != "at" and after.lower != "of"
        if superlative or token.lower in words_of("first"):
            return True
    return False


def offset_of(sentence: Sentence, first: int) -> Offset | None:
    """The distance in time that the text puts between a count and the rest of its sentence, or None."""
    for token in (sentence.tokens[first], *sentence.ancestors(first)):
        marks = [token] if token.lower in _SIGN else sentence.children(token.i, "mark", "prep")
        for mark in marks:
            if mark.lower not in _SIGN or not 0 < mark.i <= first:
                continue
            unit = sentence.tokens[mark.i - 1]
            if unit.lemma not in words_of("time-unit"):
                continue
            number = sentence.tokens[mark.i - 2] if mark.i > 1 else unit
            count = count_of(number.lower) if number.tag == "CD" or number.lower in ("a", "an", "one") else None
            below = {t.i for t in sentence.subtree(token.i if token is not mark else mark.i) if t.i >= mark.i}
            return Offset(frozenset(below), None if count is None else _SIGN[mark.lower] * count, unit.lemma)
    return None


def from_event(sentence: Sentence, last: int) -> Offset | None:
    """ "eight days before the shooting", behind a count: how far what is counted is from the event at hand."""
    tokens = sentence.tokens
    for token in tokens[last + 1 :]:
        if token.lower not in ("before", "after") or tokens[token.i - 1].lemma not in words_of("time-unit"):
            continue
        number = tokens[token.i - 2]
        noun = next((t for t in tokens[token.i + 1 : token.i + 5] if tells_event(sentence, t)), None)
        definite = tokens[token.i + 1].lower in ("the", "this") if token.i + 1 < len(tokens) else False
        count = count_of(number.lower) if number.tag == "CD" or number.lower in ("a", "an", "one") else None
        if noun is not None and definite and count is not None:
            sign = -1 if token.lower == "before" else 1
            return Offset(frozenset(), sign * count, tokens[token.i - 1].lemma)
    return None


def long_begun(sentence: Sentence, hit: DateHit, last: int, anchor: date | None) -> DateHit:
    """ "The war, which began in 2011, has killed …": a count that goes on since the day when the war began."""
    top = top_of(sentence, hit)
    verb = clause_of(sentence, top.i) if top is not None else None
    if verb is None or anchor is None or hit.relation != "at" or hit.time.earliest is None or hit.time.latest is None:
        return hit
    if verb.dep not in _APART or verb.lemma not in words_of("begin-verb"):
        return hit
    counted = clause_of(sentence, last)
    perfect = any(c.lower in ("has", "have") for c in sentence.children(counted.i, "aux"))
    if sentence.tokens[verb.head].lemma not in words_of("long-event") or not perfect or counted.i == verb.i:
        return hit
    begun = calendar.Period(hit.time.edtf, hit.time.earliest, hit.time.latest)
    whole = calendar.span(begun, calendar.day(anchor))
    if whole is None:
        return hit
    time = replace(hit.time, edtf=whole.edtf, earliest=whole.earliest, latest=whole.latest, anchor=anchor)
    return replace(hit, time=time, relation="since")


def on_verb(sentence: Sentence, hits: Sequence[DateHit], verbs: frozenset[str]) -> list[DateHit]:
    """The dates whose own clause has one of these verbs, and that are no noun's ("Monday's earthquake rose")."""
    found = []
    for hit in hits:
        top = top_of(sentence, hit)
        if top is None or top.dep in ("poss", "compound", "nmod"):
            continue
        head = sentence.tokens[top.head]
        if head.dep == "prep" or head.pos == "ADP":
            head = sentence.tokens[head.head]
        if head.lemma in verbs and head.pos == "VERB":
            found.append(hit)
    return found
