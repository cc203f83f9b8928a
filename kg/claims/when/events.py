"""Which dates are those of events, and which of them is that of the event that the article is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.claims.sources.frame import reporting_verbs
from kg.claims.when.dating import apart, clause_of, compares, tells_event, top_of
from kg.claims.wider import is_ongoing
from kg.mentions import calendar
from kg.mentions.dates import DateHit
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.reckoning import at_distance, count_of
from kg.mentions.wording import of_lemma, worded
from kg.model import TimeRef
from kg.nlp import Sentence

LEDE = 2  # sentences of the body in which the main event's date is looked for without an event word
LONG = timedelta(days=27)  # a period in which one event can be the deadliest
NEWS = 60  # days before publication in which an event can be what an article is about that does not open with it


def dates_event(sentence: Sentence, hit: DateHit) -> bool:
    """Whether a date says when something violent happened: by its verb, or as "Tuesday's attack"."""
    tokens = sentence.between(hit.start, hit.end)
    inside = {t.i for t in tokens}
    if is_compared(sentence, hit):
        return False
    for token in [a for t in tokens for a in sentence.ancestors(t.i) if a.i not in inside]:
        if any(c.lemma == "have" for c in sentence.children(token.i, "aux")):
            return False  # "had been killed": the count of a period, not one event
        if tells_event(sentence, token):
            return True
        if token.pos == "VERB":
            if any(tells_event(sentence, s) for s in sentence.children(token.i, "nsubj", "nsubjpass")):
                return True
            if token.lemma in reporting_verbs():
                return False
            if any(c.lemma in words_of("event") for c in sentence.children(token.i)):
                return True
            if token.dep not in ("relcl", "acl") or not hit.time.earliest or hit.time.earliest != hit.time.latest:
                return False
    return False


def is_compared(sentence: Sentence, hit: DateHit) -> bool:
    """ "1,000 more than in 2023", "the deadliest attack this year": the date of what is only compared with."""
    tokens = sentence.between(hit.start, hit.end)
    if not tokens:
        return False
    before = [t.lower for t in sentence.tokens[max(0, tokens[0].i - 2) : tokens[0].i + 1]]
    time = hit.time
    long = time.earliest is not None and time.latest is not None and time.latest - time.earliest >= LONG
    return "than" in before or (long and compares(sentence, hit))


def begins(sentence: Sentence, hit: DateHit) -> bool:
    """ "The war began in 2011": a month or a year that is not the date of what is told next."""
    top = top_of(sentence, hit)
    verb = clause_of(sentence, top.i) if top is not None else None
    return verb is not None and verb.lemma in words_of("begin-verb") and hit.time.earliest != hit.time.latest


def tells_of_event(sentence: Sentence) -> bool:
    """Whether a sentence has a word for something violent, or for a disaster."""
    events = words_of("event")
    return any(t.pos in ("VERB", "NOUN") for t in of_lemma(sentence, events)) or any(
        t.pos == "PROPN" for t in worded(sentence, events)
    )


def refers_back(sentence: Sentence) -> bool:
    """ "The attack took place on Friday": a sentence that says of an event already told when it was."""
    for token in of_lemma(sentence, words_of("event")):
        definite = any(c.lower in ("the", "this") for c in sentence.children(token.i, "det"))
        if token.dep in ("nsubj", "nsubjpass") and definite:
            verb = sentence.tokens[token.head]
            if verb.lemma in words_of("happening-verb"):
                return True
    return False


def main_date(found: Sequence[tuple[Sentence, list[DateHit]]], published: date | None) -> DateHit | None:
    """The date of the event that an article opens with, among the dates of its sentences; None where it has none.

    It is the first date of an event, if that stands early; else the first one of the lede that is not the
    saying's; else the first date of an event shortly before publication.
    """
    lead = next((s for s, _ in found if s.block.kind == "paragraph"), None)
    if lead is not None and is_ongoing(lead):
        return None
    named = _named_event(found) or _told_after(found, published)
    if named is not None:
        return named
    events = [
        (k, h)
        for k, (s, hits) in enumerate(found)
        for h in hits
        if h.relation == "at" and dates_event(s, h) and not begins(s, h) and not apart(s, h, published)
    ]
    if events and events[0][0] <= 2 * LEDE:
        return events[0][1]
    body = [(s, hits) for s, hits in found if s.block.kind == "paragraph"][:LEDE]
    for sentence, hits in body:
        for hit in hits:
            told = hit.relation in ("at", "within") and tells_of_event(sentence) and not reported(sentence, hit)
            if told and not apart(sentence, hit, published) and not is_compared(sentence, hit):
                return hit
    return next((hit for _, hit in events if _is_news(hit, published)), None)


def _named_event(found: Sequence[tuple[Sentence, list[DateHit]]]) -> DateHit | None:
    """ "Pulled seven more bodies from the ruins, raising the toll of Saturday's bombing": the day of that bombing."""
    body = [(s, hits) for s, hits in found if s.block.kind == "paragraph"][:LEDE]
    if not body or not any(t.lemma in words_of_any("rise", "recovering-verb", "adding-up") for t in body[0][0].tokens):
        return None
    for sentence, hits in body:
        for hit in hits:
            day = next(iter(reversed(sentence.between(hit.start, hit.end))), None)
            if day is None or day.dep not in ("poss", "compound", "nmod") or hit.relation not in ("at", "since"):
                continue
            if tells_event(sentence, sentence.tokens[day.head]):
                return day_begun(hit)
    return None


def _told_after(found: Sequence[tuple[Sentence, list[DateHit]]], published: date | None) -> DateHit | None:
    """ "The president flew home, a week after gunmen overran a base": so long before that day, or before publication.

    Only where the first sentence is not about an event of its own.
    """
    opening = next(((s, hits) for s, hits in found if s.block.kind == "paragraph"), None)
    if opening is None or published is None:
        return None
    lead, hits = opening
    tokens = lead.tokens
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or tells_event(lead, root):
        return None
    days = [h.time.earliest for h in hits if h.relation == "at" and h.time.earliest == h.time.latest]
    day = next((d for d in days if d is not None), published)
    for token in tokens[2:]:
        unit, number = tokens[token.i - 1], tokens[token.i - 2]
        if token.lower != "after" or unit.lemma not in words_of("time-unit"):
            continue
        counted = number.tag == "CD" or number.lower in ("a", "an", "one")
        count = count_of(number.lower) if counted else None
        told = tokens[token.head] if token.dep == "mark" else None
        if told is None:
            told = next(iter(lead.children(token.i, "pobj", "pcomp")), None)
        if count is None or told is None or not (tells_event(lead, told) or told.lemma in words_of("strike-place")):
            continue
        then = at_distance(day, -count, unit.lemma)
        time = TimeRef(
            edtf=then.edtf, earliest=then.earliest, latest=then.latest, evidence=None, anchor=day, basis="inferred"
        )
        return DateHit(time, "at", number.start, token.end)
    return None


def day_begun(hit: DateHit) -> DateHit:
    """The date that "since" counts from, for itself."""
    if hit.relation != "since" or hit.time.earliest is None:
        return hit
    begun = calendar.named(hit.time.edtf.partition("/")[0])
    return replace(hit, time=replace(hit.time, edtf=begun.edtf, latest=begun.latest), relation="at")


def _is_news(hit: DateHit, published: date | None) -> bool:
    first = hit.time.earliest
    return published is None or (first is not None and (published - first).days <= NEWS)


def reported(sentence: Sentence, hit: DateHit) -> bool:
    """Whether a date belongs to a verb of saying, or to a document that was released then."""
    for token in sentence.between(hit.start, hit.end):
        verb = clause_of(sentence, token.i)
        if verb.pos == "VERB":
            return verb.lemma in reporting_verbs() or verb.lemma in words_of("document-verb")
    return True
