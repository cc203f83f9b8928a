"""When a claim holds: the date of its clause, of the report, or of the event that the text is about.

Four times stay apart: this is *as of*; the day of the saying stays with the attribution link, the
publication day with the article. A claim without any of them is *not stated*.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.claims.frames import reporting_verbs
from kg.mentions.lexica import words_of
from kg.mentions import Reading
from kg.mentions.dates import DateHit
from kg.model import TimeRef
from kg.nlp import Sentence


@dataclass(slots=True)
class Timing:
    """The event dates of an article in reading order, for claims whose own clause has none."""

    reading: Reading
    events: list[tuple[int, TimeRef]] = field(default_factory=list)  # (offset, date of an event)

    def __post_init__(self) -> None:
        for sentence in self.reading.sentences:
            if sentence.block.kind in ("dateline", "byline"):
                continue
            for hit in self.reading.dates_in(sentence):
                if _dates_event(sentence, hit):
                    self.events.append((hit.start, hit.time))

    def as_of(self, sentence: Sentence, first: int, last: int, said_on: TimeRef | None, *, standing: bool = False) -> TimeRef | None:
        """The time that the words from token `first` to `last` hold at, or None where it is not stated.

        A `standing` count is a running total in the present tense: it holds on the day of publication.
        """
        own = self._own(sentence, first, last, said_on)
        if own is not None:
            return own
        if said_on is not None:
            return said_on
        if _detached(sentence):
            return None
        if standing:
            return self._published()
        return self._event(sentence)

    def _own(self, sentence: Sentence, first: int, last: int, said_on: TimeRef | None) -> TimeRef | None:
        hits = [h for h in self.reading.dates_in(sentence) if h.time != said_on and h.relation != "before"]
        if not hits:
            return None
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        return min(hits, key=lambda h: (_distance(h, start, end), h.start)).time

    def _published(self) -> TimeRef | None:
        day = self.reading.document.article.published_on
        return TimeRef(edtf=day.isoformat(), earliest=day, latest=day, evidence=None, anchor=day, basis="inferred") if day else None

    def _event(self, sentence: Sentence) -> TimeRef | None:
        """The last event date before the sentence; for a headline the first one of the text."""
        if sentence.block.kind == "title":
            first = self.events[0][1] if self.events else None
            return replace(first, basis="inferred") if first else None
        before = [time for offset, time in self.events if offset < sentence.end]
        return replace(before[-1], basis="inferred") if before else None


def _distance(hit: DateHit, start: int, end: int) -> int:
    if hit.start >= end:
        return hit.start - end
    return max(0, start - hit.end)


def _dates_event(sentence: Sentence, hit: DateHit) -> bool:
    """Whether a date says when something violent happened: by its verb, or as "Tuesday's attack"."""
    tokens = sentence.between(hit.start, hit.end)
    if not tokens:
        return False
    inside = {t.i for t in tokens}
    above = [a for t in tokens for a in sentence.ancestors(t.i) if a.i not in inside]
    for token in above:
        if any(c.lemma == "have" for c in sentence.children(token.i, "aux")):
            return False  # "had been killed": the count of a period, not one event
        if token.lemma in words_of("event") or token.lower in words_of("event"):
            return True
        if token.pos == "VERB":
            subjects = sentence.children(token.i, "nsubj", "nsubjpass")
            if any(s.lemma in words_of("event") for s in subjects):
                return True
            return False if token.lemma in reporting_verbs() else any(c.lemma in words_of("event") for c in sentence.children(token.i))
    return False


def _detached(sentence: Sentence) -> bool:
    """"had earlier admitted": the text itself says that the date of the event at hand does not apply."""
    return any(t.lower in ("earlier", "previously", "formerly") for t in sentence.tokens)
