"""When a claim holds: the date of its clause, of the report, or of the event that the text is about.

Four times stay apart: this is *as of*; the day of the saying stays with the attribution link, the
publication day with the article. A claim without any of them is *not stated*.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace

from kg.claims.frame import reporting_verbs
from kg.mentions import Reading
from kg.mentions.dates import DateHit, document_date
from kg.mentions.lexica import words_of
from kg.model import Block, Evidence, TimeRef
from kg.nlp import Sentence

LEDE = 2  # sentences of the body in which the main event's date is looked for without an event word


@dataclass(slots=True)
class Timing:
    """The event dates of an article, for claims whose own clause has none.

    `main` is the date of the event that the article opens with.
    """

    reading: Reading
    events: list[tuple[int, Block, TimeRef]] = field(default_factory=list)  # (offset, block, date of an event)
    main: TimeRef | None = None
    main_at: int = 0  # where its date stands: sentences before it are not about it, but for headlines
    masthead: Evidence | None = None  # where the publication date stands by itself

    def __post_init__(self) -> None:
        document = self.reading.document
        found = document_date(document)
        self.masthead = found.evidence if found else None
        lede: DateHit | None = None
        for sentence in self._body():
            for hit in self._dates(sentence):
                if hit.relation == "at" and _dates_event(sentence, hit):
                    self.events.append((hit.start, sentence.block, hit.time))
                elif (
                    lede is None
                    and len(self._before(sentence)) < LEDE
                    and _tells_event(sentence)
                    and not _reported(sentence, hit)
                ):
                    lede = hit
        first = self.events[0] if self.events else None
        early = first is not None and len([s for s in self._body() if s.start < first[0]]) <= 2 * LEDE
        if first is not None and (early or lede is None):
            self.main, self.main_at = first[2], first[0]
        elif lede is not None:
            self.main, self.main_at = lede.time, lede.start

    def _body(self) -> list[Sentence]:
        return [s for s in self.reading.sentences if s.block.kind in ("paragraph", "title", "heading")]

    def _before(self, sentence: Sentence) -> list[Sentence]:
        return [s for s in self._body() if s.block.kind == "paragraph" and s.start < sentence.start]

    def _dates(self, sentence: Sentence) -> list[DateHit]:
        """The dates of a sentence that an event can have: not the masthead's, not after publication."""
        published = self.reading.document.article.published_on
        hits = []
        for hit in self.reading.dates_in(sentence):
            if self.masthead is not None and hit.start < self.masthead.end and self.masthead.start < hit.end:
                continue
            if published is not None and hit.time.earliest is not None and hit.time.earliest > published:
                continue
            hits.append(hit)
        return hits

    def as_of(
        self, sentence: Sentence, first: int, last: int, said_on: TimeRef | None, *, standing: bool = False
    ) -> TimeRef | None:
        """The time that the words from token `first` to `last` hold at, or None where it is not stated.

        A `standing` count is a running total in the present tense: it holds on the day of publication.
        """
        own = self._own(sentence, first, last, said_on)
        if own is not None:
            return own
        event = None if _detached(sentence) else self._event(sentence)
        if event is not None:
            return event
        if said_on is not None:
            return said_on
        return self._published() if standing and not _detached(sentence) else None

    def _own(self, sentence: Sentence, first: int, last: int, said_on: TimeRef | None) -> TimeRef | None:
        hits = [_begun(sentence, h) for h in self._dates(sentence) if h.time != said_on and h.relation != "before"]
        if not hits:
            return None
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        hits = [h for h in hits if not _describes_group(sentence, h, first, last)] or []
        return min(hits, key=lambda h: (_distance(h, start, end), h.start)).time if hits else None

    def _published(self) -> TimeRef | None:
        day = self.reading.document.article.published_on
        return (
            TimeRef(edtf=day.isoformat(), earliest=day, latest=day, evidence=None, anchor=day, basis="inferred")
            if day
            else None
        )

    def _event(self, sentence: Sentence) -> TimeRef | None:
        """The date of the event before it in its own paragraph, else that of the article's main event."""
        near = [time for offset, block, time in self.events if block == sentence.block and offset < sentence.end]
        heading = sentence.block.kind in ("title", "heading")
        chosen = near[-1] if near else self.main if heading or self.main_at < sentence.end else None
        return replace(chosen, basis="inferred") if chosen else None


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
            return (
                False
                if token.lemma in reporting_verbs()
                else any(c.lemma in words_of("event") for c in sentence.children(token.i))
            )
    return False


def _detached(sentence: Sentence) -> bool:
    """ "had earlier admitted": the text itself says that the date of the event at hand does not apply."""
    return any(t.lower in ("earlier", "previously", "formerly") for t in sentence.tokens)


def _tells_event(sentence: Sentence) -> bool:
    return any(t.lemma in words_of("event") and t.pos in ("VERB", "NOUN") for t in sentence.tokens)


def _reported(sentence: Sentence, hit: DateHit) -> bool:
    """Whether a date belongs to a verb of saying, or to a document that was released then."""
    for token in sentence.between(hit.start, hit.end):
        for above in sentence.ancestors(token.i):
            if above.pos == "VERB":
                return above.lemma in reporting_verbs() or above.lemma in (
                    "release",
                    "publish",
                    "sign",
                    "meet",
                    "reveal",
                )
    return True


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


def _begun(sentence: Sentence, hit: DateHit) -> DateHit:
    """ "since May 2016, when a bomb killed 70": what is told after "when" was then, not ever since."""
    after = [t.lower for t in sentence.tokens if t.start >= hit.end][:2]
    if hit.relation != "since" or after != [",", "when"] or hit.time.earliest is None:
        return hit
    first = hit.time.edtf.partition("/")[0]
    day = hit.time.earliest
    ends = {4: day.replace(month=12, day=31), 7: day.replace(day=monthrange(day.year, day.month)[1])}
    return replace(hit, time=replace(hit.time, edtf=first, latest=ends.get(len(first), day)))
