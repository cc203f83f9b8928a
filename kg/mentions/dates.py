"""Dates in a stretch of text as intervals relative to the day of publication.

Weekdays are the anchor or the last such day before it; months and days without a year are the last ones;
words that look ahead ("will", "scheduled", "next") turn both round. Seasons are northern. Without an
anchor, only what the text itself fixes is returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from kg.mentions import calendar, day_names, relative_dates, written_dates
from kg.mentions.calendar import Period, date_words
from kg.mentions.datelines import contradicting_day, document_date
from kg.mentions.guards import Guarded
from kg.mentions.numerals import GAP, alternatives, read_number
from kg.mentions.written_dates import Candidate, Context
from kg.model import Document, TimeRef

__all__ = ["DateHit", "contradicting_day", "document_date", "find_dates"]

_LEAD_IN = 400  # code points before a date in which the words that lead to it stand, whatever the blanks between
_LEAD_WORDS = 8  # and as many of them
_FAR_BACK = 60  # code points before a date in which a word can make it a future one
_RANGE = re.compile(r"\s*(?P<joint>-|–|—|to|into|until|till|through|and)\s*", re.IGNORECASE)
_RANGE_LEAD = re.compile(r"\b(?P<word>from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE_EVENT = Guarded(
    re.compile(r"\bsince\b[^.,;:\d]{0,80}\s(?:in|on|of)\s+(?:the\s+|early\s+|late\s+)?$", re.IGNORECASE)
)
_YEARS_AFTER = re.compile(
    r"\b(?:(?P<years>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+years?\s+(?:after|since|on\s+from)|"
    r"(?P<which>[a-z]+|\d{1,2}(?:st|nd|rd|th))[\s-]+(?:year\s+)?anniversary\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WEEK_TO = re.compile(r"\bthe\s+(?:past\s+)?week\s+(?:to|ending|ended)\s+(?:on\s+)?$", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:on|in|at|as of|during|from)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date of the text and how the text relates to it.

    `relation`: at | since | until | by | before | after | within. `start`..`end` takes in the preposition
    that says so; `time.evidence` holds the date's own words, and the preposition too for "since", whose
    interval ends on the anchor.
    """

    time: TimeRef
    relation: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """The stretch that is read: its text, where it starts in the article, and the publication day."""

    document: Document
    offset: int
    text: str
    anchor: date | None

    def hit(self, period: Period, words: tuple[int, int], begin: int, relation: str, needs: str) -> DateHit:
        inferred = needs == "previous" or (self.anchor is None and needs == "year")
        time = TimeRef(
            edtf=period.edtf,
            earliest=period.earliest,
            latest=period.latest,
            evidence=self.document.evidence(self.offset + words[0], self.offset + words[1]),
            anchor=self.anchor if needs else None,
            basis="inferred" if inferred else "stated",
        )
        return DateHit(time, relation, self.offset + begin, self.offset + words[1])


@cache
def _relation() -> re.Pattern[str]:
    words = alternatives(list(date_words("relation")))
    return re.compile(rf"\b(?P<word>{words}){GAP}(?:(?:the|on|in|about|around|early|at least){GAP})?$", re.IGNORECASE)


@cache
def _future() -> Guarded:
    return Guarded(re.compile(rf"\b{alternatives(list(date_words('future')))}\b[^.!?;]*$", re.IGNORECASE))


def find_dates(
    document: Document,
    start: int,
    end: int,
    anchor: date | None,
    previous: TimeRef | None = None,
    *,
    southern: bool = False,
) -> list[DateHit]:
    """The dates between `start` and `end`, in order and without overlap.

    `anchor` is the publication day; without it, relative words yield nothing and a month and day take
    their year from the last full date earlier in the article (basis "inferred"). `previous` is the last
    date before `start`, for "that day" and "two days later"; `southern` turns the seasons round.
    """
    scope = _Scope(document, start, document.masked[start:end], anchor)
    text = scope.text
    relative = relative_dates.candidates(text, document.masked)
    found = (*day_names.candidates(text, anchor), *written_dates.candidates(text), *relative)
    chosen = [c for c in written_dates.longest(found) if not day_names.is_name(text, c)]
    context = Context(anchor=anchor, near=anchor is None, previous=_period(previous), southern=southern)
    hits: list[DateHit] = []
    taken = 0
    for index, candidate in enumerate(chosen):
        if candidate.start < taken:
            continue
        here = context
        if anchor is None and candidate.needs == "year":
            here = replace(context, anchor=_year_of_text(document, start + candidate.start))
        following = chosen[index + 1] if index + 1 < len(chosen) else None
        hit = (_range(scope, candidate, following, here) if following else None) or _single(scope, candidate, here)
        if hit:
            hits.append(_southern(hit) if southern else hit)
            taken = hit.end - start
            context = replace(context, previous=_point(hit))
    return hits


def _southern(hit: DateHit) -> DateHit:
    """A season of the south is inferred: its words alone do not say where it is."""
    words = hit.time.evidence.words.lower().split() if hit.time.evidence else []
    seasonal = any(word in date_words("season") for word in words)
    return replace(hit, time=replace(hit.time, basis="inferred")) if seasonal else hit


def _year_of_text(document: Document, start: int) -> date | None:
    """The last day before `start` that needs no context: it fixes the year where no publication day does."""
    full = sorted((c for c in written_dates.candidates(document.masked[:start]) if not c.needs), key=lambda c: c.end)
    periods = [period for c in full if (period := c.resolve(Context())) and period.is_day]
    return periods[-1].earliest if periods else None


def _period(time: TimeRef | None) -> Period | None:
    return Period(time.edtf, time.earliest, time.latest) if time and time.earliest and time.latest else None


def _point(hit: DateHit) -> Period | None:
    """What "that day" and "at the time" mean after a date: of "since March", March."""
    if hit.relation == "since" and "/" in hit.time.edtf:
        return calendar.named(hit.time.edtf.split("/")[0])
    return _period(hit.time)


def _since_event(text: str, start: int) -> re.Match[str] | None:
    """ "Since the war began in", "since the coup of" before a date: the date is where the interval starts."""
    return _SINCE_EVENT.search(text, max(0, start - 120), start)


def _years_back(text: str, start: int) -> int:
    """How many years the words before a date without a year put between it and now; 0 where they do not."""
    match = _YEARS_AFTER.search(text, _words_back(text, start), start)
    if match is None:
        return 0
    words = match["years"] or match["which"]
    number = read_number(words.lower()) if match["years"] else date_words("ordinal").get(words.lower())
    return int(number or 1) if match["years"] else int(number or re.sub(r"\D", "", words) or 0)


def _words_back(text: str, end: int) -> int:
    """Where the last words before an offset begin, as many as can lead to a date, however far the blanks reach."""
    near = max(0, end - _LEAD_IN)
    rest, *words = text[near:end].rsplit(None, _LEAD_WORDS) or [""]
    return near + len(rest) if len(words) == _LEAD_WORDS else near


def _single(scope: _Scope, candidate: Candidate, context: Context) -> DateHit | None:
    near = _words_back(scope.text, candidate.start)
    before = _relation().search(scope.text, near, candidate.start)
    relation = date_words("relation")[" ".join(before["word"].lower().split())] if before else "at"
    ahead = _future().search(scope.text[max(0, candidate.start - _FAR_BACK) : candidate.start]) is not None
    back_then = _years_back(scope.text, candidate.start) if candidate.needs == "year" else 0
    week = _WEEK_TO.search(scope.text, near, candidate.start)
    period = candidate.resolve(replace(context, relation=relation, future=ahead, years_back=back_then))
    if period is None:
        return None
    if week and period.is_day:
        seven = calendar.days(period.earliest - timedelta(days=6), period.latest)
        return scope.hit(seven, (week.start(), candidate.end), week.start(), "within", candidate.needs)
    begin = candidate.start
    if before:
        begin = before.start()
    elif lead := _LEAD.search(scope.text, near, candidate.start):
        begin = lead.start()
    if relation == "at" and (event := _since_event(scope.text, candidate.start)):
        relation, begin = "since", event.start()
    if relation == "since" and scope.anchor and candidate.relation is None:
        to_anchor = calendar.span(period, calendar.day(scope.anchor))
        if to_anchor is None:
            return None
        return scope.hit(to_anchor, (begin, candidate.end), begin, relation, candidate.needs or "anchor")
    return scope.hit(period, (candidate.start, candidate.end), begin, candidate.relation or relation, candidate.needs)


def _neighbours(scope: _Scope, first: Candidate, last: Candidate, context: Context) -> DateHit | None:
    """ "In 2022 and 2023", "on Saturday and Sunday": one follows on the other, so that they are one period."""
    one, other = first.resolve(context), last.resolve(context)
    if one is None or other is None or other.earliest - one.latest != timedelta(days=1):
        return None
    both = calendar.span(one, other)
    return scope.hit(both, (first.start, last.end), first.start, "at", last.needs) if both else None


def _range(scope: _Scope, first: Candidate, last: Candidate, context: Context) -> DateHit | None:
    """ "From January to March 2025", "between Monday and Wednesday", "12 May – 3 June"; None for no range."""
    between = _RANGE.fullmatch(scope.text, first.end, last.start)
    if between is None:
        return None
    lead = _RANGE_LEAD.search(scope.text, 0, first.start)
    needed = {"and": "between", "until": "from", "till": "from"}.get(between["joint"].lower())
    if needed and not (lead and lead["word"].lower() == needed):
        return _neighbours(scope, first, last, context) if needed == "between" else None
    end_period = last.resolve(context)
    if end_period is None:
        return None
    start_period = first.resolve(replace(context, anchor=end_period.latest, near=False))
    period = calendar.span(start_period, end_period) if start_period else None
    if period is None:
        return None
    return scope.hit(period, (first.start, last.end), lead.start() if lead else first.start, "at", last.needs)
