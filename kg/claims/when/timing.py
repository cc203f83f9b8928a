"""When a claim holds: the date of its clause, of the report, or of the event that the text is about.

Four times stay apart: this is *as of*; the day of the saying stays with the attribution link, the
publication day with the article. A claim without any of them is *not stated*.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.claims.when.dating import (
    Offset,
    clause_of,
    from_event,
    governs,
    in_relative,
    long_begun,
    offset_of,
    on_verb,
    tells_event,
)
from kg.claims.when.events import LEDE, LONG, begins, dates_event, main_date, refers_back, reported, tells_of_event
from kg.claims.wider import is_wider
from kg.mentions import Reading, calendar
from kg.mentions.dates import DateHit, document_date
from kg.mentions.lexica import words_of
from kg.mentions.wording import worded
from kg.model import Block, Evidence, TimeRef
from kg.nlp import Sentence, Token


@dataclass(slots=True)
class Timing:
    """The event dates of an article, for claims whose own clause has none.

    `main` is the date of the event that the article opens with.
    """

    reading: Reading
    events: list[tuple[int, Block, TimeRef]] = field(default_factory=list)  # (offset, block, date of an event)
    main: TimeRef | None = None
    main_at: int = 0  # where its date stands: sentences before it are not about it, but for headlines
    told_again: bool = False  # "the attack took place on Friday": the date is that of what was told before it
    tells_event: bool = False  # whether the article dates anything violent
    masthead: Evidence | None = None  # where the publication date stands by itself

    def __post_init__(self) -> None:
        document = self.reading.document
        found = document_date(document)
        self.masthead = found.evidence if found else None
        found_in = [(sentence, self._dates(sentence)) for sentence in self._body()]
        for sentence, hits in found_in:
            dated = [h for h in hits if h.relation == "at" and dates_event(sentence, h)]
            self.tells_event = self.tells_event or bool(dated)
            self.events.extend((h.start, sentence.block, h.time) for h in dated if not begins(sentence, h))
        main = main_date(found_in, document.article.published_on)
        if main is not None:
            self.main, self.main_at, self.tells_event = main.time, main.start, True
            self.told_again = any(refers_back(s) for s, hits in found_in if main in hits)

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
        self, sentence: Sentence, first: int, last: int, said_on: TimeRef | None, held: str = "event"
    ) -> TimeRef | None:
        """The time that the words from token `first` to `last` hold at, or None where it is not stated.

        `held` is "toll" for a count that holds on the day when it rose, else when that was said, and "standing"
        for one in the present tense, which holds on the day of publication where no date is given.
        """
        offset = offset_of(sentence, first)
        own = self._own(sentence, first, last, said_on, offset, toll=held != "event")
        own = own or self._from_main(sentence, last)
        if own is not None or offset is not None:
            return own
        wider = is_wider(self.reading, sentence, first, self.main)
        event = None if _detached(sentence, first, last) else self._event(sentence, said_on, wider=wider)
        if event is not None and not _before(said_on, event):
            return event
        if said_on is not None:
            return said_on
        return self.published() if held == "standing" else None

    def _own(
        self,
        sentence: Sentence,
        first: int,
        last: int,
        said_on: TimeRef | None,
        offset: Offset | None,
        *,
        toll: bool,
    ) -> TimeRef | None:
        published = self.reading.document.article.published_on
        found = [h for h in self._dates(sentence) if h.time != said_on and h.relation != "before"]
        begun = [long_begun(sentence, _begun(sentence, h), last, published) for h in found]
        hits = [
            h
            for h, written in zip(begun, found, strict=True)
            if not _before(said_on, h.time)
            and (h.relation != written.relation or governs(sentence, h, first, last, published))
        ]
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        if offset is not None:
            inside = [h for h in hits if sentence.between(h.start, h.end)[0].i in offset.tokens]
            if not inside:
                near = min(hits, key=lambda h: (_distance(h, start, end), h.start), default=None)
                return offset.of(near.time) if near else None
            hits = inside
        behind = [h for h in hits if 0 <= h.start - end <= 1]
        if behind:
            return behind[0].time
        risen = on_verb(sentence, hits, words_of("rise"))
        if toll:
            hits = risen or ([] if said_on is not None and _rises(sentence, first, last) else hits)
            if not hits and said_on is not None:
                return said_on
        else:
            hits = [h for h in hits if h not in risen] or hits
        inner = any(clause_of(sentence, i).dep in ("relcl", "acl") for i in range(first, last + 1))
        best = min(
            hits,
            key=lambda h: (not inner and in_relative(sentence, h), _distance(h, start, end), h.start),
            default=None,
        )
        return best.time if best else None

    def _from_main(self, sentence: Sentence, last: int) -> TimeRef | None:
        """ "Two were killed in Oslo eight days before the shooting": so far from the event that the text is about."""
        if self.main is None or sentence.block.kind != "paragraph" or sentence.start < self.main_at:
            return None
        apart = from_event(sentence, last)
        return apart.of(self.main) if apart is not None else None

    def published(self) -> TimeRef | None:
        """The day of publication, inferred, or None where it is not stated."""
        day = self.reading.document.article.published_on
        return (
            TimeRef(edtf=day.isoformat(), earliest=day, latest=day, evidence=None, anchor=day, basis="inferred")
            if day
            else None
        )

    def _event(self, sentence: Sentence, said_on: TimeRef | None, *, wider: bool) -> TimeRef | None:
        """The date of the event before it in its own paragraph, else that of the article's main event.

        Headlines and the first sentences are about the main event too, though its date stands further down. A
        `wider` count has the date of a whole period before it at most.
        """
        near = [time for offset, block, time in self.events if block == sentence.block and offset < sentence.end]
        chosen = near[-1] if near and (not wider or _is_long(near[-1])) else None
        if chosen is None and not wider and self._on_main(sentence, said_on) and not self._elsewhere(sentence):
            chosen = self.main
        return replace(chosen, basis="inferred") if chosen else None

    def _elsewhere(self, sentence: Sentence) -> bool:
        """Whether the paragraph opens with a place that the text names there first: "In Lima, two …", another event."""
        opening = self.reading.paragraph(sentence)[0]
        if sentence.block.kind != "paragraph" or self.main_at >= opening.start:
            return False
        named = _fronted(opening)
        if not named:
            return False
        before = {t.text for s in self._before(opening) for t in s.tokens}
        return not any(t.text in before for t in named)

    def _on_main(self, sentence: Sentence, said_on: TimeRef | None) -> bool:
        if sentence.block.kind in ("title", "heading") or self.main_at < sentence.end:
            return True
        before = self._before(sentence)
        if len(before) >= LEDE or not tells_of_event(sentence):
            return False
        dated = any(self._dates(s) and not all(reported(s, h) for h in self._dates(s)) for s in before)
        return self.told_again or (said_on is None and not dated)


def _fronted(sentence: Sentence) -> list[Token]:
    """The names that a sentence opens with after "in", "near" or "at", before its first comma or verb."""
    if not sentence.tokens or sentence.tokens[0].lower not in ("in", "near", "at", "outside", "around"):
        return []
    opening = []
    for token in sentence.tokens[1:8]:
        if token.text in (",", ":") or token.pos in ("VERB", "AUX", "PRON", "NUM"):
            break
        opening.append(token)
    return [t for t in opening if t.pos == "PROPN" and t.ent not in ("DATE", "TIME")]


def _distance(hit: DateHit, start: int, end: int) -> int:
    if hit.start >= end:
        return hit.start - end
    return max(0, start - hit.end)


def _detached(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the text itself takes a count out of the event at hand.

    "Had earlier admitted 12 deaths", "an earlier attack killed six", "the war has killed 400,000", "in response to
    a raid that killed nine"; not "an earlier toll of 27", and not "Earlier, a shell killed four".
    """
    for token in worded(sentence, words_of("earlier-word")):
        head = sentence.tokens[token.head]
        if token.pos == "ADJ" and tells_event(sentence, head) and last + 8 >= head.i:
            return True
        if any(c.lemma == "have" for c in sentence.children(head.i, "aux")) and head.lemma not in words_of("put-at"):
            return True
    clause = clause_of(sentence, last)
    parts = [*sentence.children(clause.i, "nsubj", "nsubjpass")]
    parts += [p for c in sentence.children(clause.i, "prep") for p in sentence.children(c.i, "pobj")]
    parts += [p for k in list(parts) for c in sentence.children(k.i, "prep") for p in sentence.children(c.i, "pobj")]
    if any(p.lemma in words_of("background-event") and not first <= p.i <= last for p in parts):
        return True
    return any(
        above.lemma in words_of("reaction-noun") for i in range(first, last + 1) for above in sentence.ancestors(i)
    )


def _is_long(time: TimeRef) -> bool:
    return time.earliest is not None and time.latest is not None and time.latest - time.earliest >= LONG


def _before(said_on: TimeRef | None, event: TimeRef) -> bool:
    """Whether something was said before the event happened, and so is about another one."""
    if said_on is None or said_on.latest is None or event.earliest is None:
        return False
    return said_on.latest < event.earliest


def _rises(sentence: Sentence, first: int, last: int) -> bool:
    return any(t.lemma in words_of("rise") for t in sentence.tokens[max(0, first - 4) : last + 4])


def _begun(sentence: Sentence, hit: DateHit) -> DateHit:
    """ "since May 2016, when a bomb killed 70": what is told after "when" was then, not ever since."""
    after = [t.lower for t in sentence.tokens if t.start >= hit.end][:2]
    if hit.relation != "since" or after != [",", "when"] or hit.time.earliest is None:
        return hit
    begun = calendar.named(hit.time.edtf.partition("/")[0])
    return replace(hit, time=replace(hit.time, edtf=begun.edtf, latest=begun.latest))
