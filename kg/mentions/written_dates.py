"""Dates that are written out ("22 January 2025", "Jan 22", "in 2014", "the 1980s") and clock times.

A candidate knows where it stands and how to become a period; whatever it leaves unsaid (a year, a
century) comes from the context. Does not cover "9/11", Roman numerals or other calendars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial, reduce
from operator import or_

from kg.mentions import calendar
from kg.mentions.calendar import Period
from kg.mentions.guards import lowered
from kg.mentions.numerals import GAP, alternatives
from kg.mentions.starts import DIGIT, Starts, first_run, matches
from kg.mentions.years import YEAR, is_year

AHEAD = timedelta(days=7)  # a date without a year is this year's if it is at most so far ahead of the anchor
_YEAR_END = r"(?![\w])(?![.,]\d)"
_LONG = 10_000  # code points of a text whose dates are not kept
_PIVOT = 50  # without an anchor, "88" is 1988 and "12" is 2012


@dataclass(frozen=True, slots=True)
class Context:
    """What a date phrase is resolved against.

    `near` asks for the nearest reading on either side of the anchor, which then is a date of the text.
    `southern` says that the text is about a land where summer begins in December; `years_back` that a date
    without a year lies so many years before its nearest reading ("the third anniversary of the 4 May raid").
    """

    anchor: date | None = None
    future: bool = False
    near: bool = False
    relation: str = "at"
    previous: Period | None = None
    southern: bool = False
    years_back: int = 0


Resolve = Callable[[Context], Period | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date phrase at `start`..`end` of a text, and what it needs besides its words.

    `needs`: nothing (""), the "year" that a month or day leaves out, the "anchor" or the "previous" date.
    """

    start: int
    end: int
    resolve: Resolve
    needs: str = ""
    relation: str | None = None  # where the phrase says it by itself: "since then", "in the past week"


def cased(*words: str) -> str:
    """A regular expression for these words as written or in capitals."""
    return alternatives([form for word in words for form in (word, word.upper())])


def _any_month() -> str:
    """A month's name, or its abbreviation with or without a full stop, as the group `month`."""
    full, short = cased(*calendar.date_words("month")), cased(*calendar.date_words("short-month"))
    return rf"\b(?P<month>{full}(?!\w)|{short}(?!\w)\.?)"


def _weekday() -> str:
    names = cased(*calendar.date_words("weekday"), *calendar.date_words("short-weekday"))
    return rf"(?:\b{names}\b\.?,?{GAP})?"


@cache
def _month_day() -> re.Pattern[str]:
    number = r"(?:0?[1-9]|[12]\d|3[01])"
    return re.compile(
        rf"{_weekday()}{_any_month()}{GAP}(?:the{GAP})?(?P<day>{number})(?:st|nd|rd|th)?"
        rf"(?:[-–](?P<last>{number})(?:st|nd|rd|th)?)?(?!\w|[.:,]\d|[-–]\d)"
        rf"(?:(?:,(?:{GAP})?|{GAP})(?P<year>{YEAR}){_YEAR_END})?"
    )


@cache
def _day_month() -> re.Pattern[str]:
    number = r"(?:0?[1-9]|[12]\d|3[01])"
    several = rf"(?:(?:[-–/]|{GAP}(?:to|and|or|through){GAP})(?P<last>{number})(?:st|nd|rd|d|th)?)?"
    short_year = r"['’]?\d\d(?=\s*(?:[(\[,;)]|--|[—–]|\.?\s*$|\.\s))"
    return re.compile(
        rf"{_weekday()}(?:\b[Tt]he{GAP})?(?<![\w.,:/$-])(?P<day>{number})(?:st|nd|rd|d|th)?{several}"
        rf"{GAP}(?:of{GAP})?{_any_month()}(?:,?{GAP}(?P<year>{YEAR}{_YEAR_END}|{short_year}))?"
    )


@cache
def _month_year() -> re.Pattern[str]:
    year = rf",?{GAP}(?:of{GAP}|in{GAP})?(?P<year>{YEAR}){_YEAR_END}"
    return re.compile(rf"{part_pattern()}{_any_month()}{year}")


@cache
def _month() -> re.Pattern[str]:
    full = cased(*calendar.date_words("month"))
    return re.compile(rf"{part_pattern()}\b(?P<month>{full})\b(?!['’]s{GAP}[A-Z])")


@cache
def part_pattern() -> str:
    """An optional "early", "mid-", "the end of" before a period, as the group `part`."""
    words = alternatives(list(calendar.date_words("part")))
    return rf"(?:\b(?P<part>(?i:{words}))(?:[-‐‑]|{GAP})(?:in{GAP})?)?"


@cache
def _year() -> re.Pattern[str]:
    begins = r"(?:(?<=[Mm]id-)|(?<![\w$€£.,/-]))"
    return re.compile(rf"{part_pattern()}{begins}(?P<year>{YEAR}){_YEAR_END}(?!{GAP}?(?:%|per\b)|[-–/]\d)")


_ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})(?P<dash>[-/])(?P<month>\d\d)(?P=dash)(?P<day>\d\d)(?![\d/-])")
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<year>\d{4})(?![\w/-])"
)
_DECADE = re.compile(r"(?:\b[Tt]he\s+)?(?:(?P<part>(?i:early|mid|late))[-\s]+)?\b(?P<year>1[5-9]\d0|20\d0)['’]?s\b")
_YEARS = re.compile(r"(?<![\w$€£.,/-])(?P<year>(?:1[89]|20)\d\d)[-–/](?P<last>(?:\d\d)?\d\d)(?![\w%]|[.,-]\d)")
_MONTH_LEAD = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|during|last|next|this|before|after|between|through|and|around|for|until)\s+$",
    re.IGNORECASE,
)
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|during|before|after|between|through|year|summer|winter|spring|autumn|fall|"
    r"for|the|a|an|late|early|\d{4}\s+(?:and|to|or|until))\s+|\()$",
    re.IGNORECASE,
)
_FOUR_DIGITS, _TENS = re.compile(r"\d{4}"), re.compile(r"0['’]?s")
_AMBIGUOUS_MONTHS = frozenset({"march", "may", "april", "june", "august"})
_MONTH, _WEEKDAY, _THE, _PART = 2, 4, 8, 16  # kinds of words that a date begins with, beside `DIGIT`


@cache
def _starts() -> Starts:
    """The words that a written date may begin with, and what they are."""
    listed = {"month": _MONTH, "short-month": _MONTH, "weekday": _WEEKDAY, "short-weekday": _WEEKDAY, "part": _PART}
    kinds: dict[str, int] = {"the": _THE}
    for name, kind in listed.items():
        for words in calendar.date_words(name):
            kinds[first_run(words)] = kinds.get(first_run(words), 0) | kind
    return Starts(kinds)


def _month_number(word: str) -> int:
    name = word.rstrip(".").capitalize()
    return int(calendar.date_words("month").get(name) or calendar.date_words("short-month")[name])


def _full_year(written: str | None, anchor: date | None) -> int | None:
    if not written:
        return None
    number = int(written.lstrip("'’"))
    if number >= 100:
        return number
    century = [number + base for base in (1800, 1900, 2000)]
    if anchor is None:
        return number + (2000 if number < _PIVOT else 1900)
    return max((y for y in century if y <= anchor.year + 1), default=number + 1900)


def unsaid_year(month: int, of_month: int | None, context: Context) -> int | None:
    """The year of a month (and day) that leaves it out: the last one, unless the context looks ahead."""
    if context.anchor is None:
        return None
    options = []
    for number in range(context.anchor.year - 4, context.anchor.year + 5):
        when = calendar.valid_day(number, month, of_month or 1)
        if when:
            options.append((number, when, when if of_month else calendar.month(number, month).latest))
    anchor = context.anchor
    if context.years_back:
        return min(options, key=lambda o: abs((o[1] - anchor).days))[0] - context.years_back
    if context.near or (of_month is None and context.relation in ("by", "until")):
        return min(options, key=lambda o: abs((o[1] - anchor).days))[0]
    if context.future:
        return min(o[0] for o in options if o[2] >= anchor)
    ahead = AHEAD if of_month else timedelta()
    return max(o[0] for o in options if o[1] <= anchor + ahead)


def _resolve_day(match: re.Match[str], context: Context) -> Period | None:
    month, first = _month_number(match["month"]), int(match["day"])
    year = _full_year(match["year"], context.anchor) or unsaid_year(month, first, context)
    when = calendar.valid_day(year, month, first) if year else None
    if not when or not year:
        return None
    last = calendar.valid_day(year, month, int(match["last"])) if match["last"] else None
    return calendar.days(when, last) if last and last > when else calendar.day(when)


def _resolve_numbers(match: re.Match[str], context: Context) -> Period | None:
    """Day first; with slashes, only where one reading is possible or alone lies within a month of the anchor."""
    year, first, second = int(match["year"]), int(match["day"]), int(match["month"])
    british, american = calendar.valid_day(year, second, first), calendar.valid_day(year, first, second)
    if match["dash"] == "/" and match.re is _NUMERIC and british and american and british != american:
        anchor = context.anchor
        close = [d for d in (british, american) if anchor and abs((d - anchor).days) <= 31]
        return calendar.day(close[0]) if len(close) == 1 else None
    when = british or (american if match["dash"] == "/" else None)
    return calendar.day(when) if when else None


def _resolve_month(match: re.Match[str], context: Context) -> Period | None:
    number = _month_number(match["month"])
    year = int(match["year"]) if "year" in match.re.groupindex else unsaid_year(number, None, context)
    return _with_part(calendar.month(year, number), match) if year else None


def _resolve_year(match: re.Match[str], _: Context) -> Period | None:
    return _with_part(calendar.year(int(match["year"])), match)


def _resolve_decade(match: re.Match[str], _: Context) -> Period | None:
    first = int(match["year"])
    whole = calendar.span(calendar.year(first), calendar.year(first + 9))
    return _with_part(whole, match) if whole else None


def _resolve_years(match: re.Match[str], _: Context) -> Period | None:
    first, last = int(match["year"]), match["last"]
    return calendar.span(calendar.year(first), calendar.year(int(match["year"][: 4 - len(last)] + last)))


def _with_part(whole: Period, match: re.Match[str]) -> Period:
    words = match["part"]
    return calendar.part(whole, calendar.date_words("part")[" ".join(words.lower().split())]) if words else whole


def candidates(text: str) -> tuple[Candidate, ...]:
    """Every written date of a text, overlaps included; the longest should win."""
    return _kept_candidates(text) if len(text) < _LONG else tuple(_candidates(text))


@lru_cache(maxsize=256)  # dates, amounts and the article's own day ask for the same stretches
def _kept_candidates(text: str) -> tuple[Candidate, ...]:
    return tuple(_candidates(text))


def _candidates(text: str) -> Iterator[Candidate]:
    begun = _starts().kinds(lowered(text))

    def found(pattern: re.Pattern[str], kinds: int) -> Iterator[re.Match[str]]:
        return matches(pattern, text, [at for at, kind in begun if kind & kinds])

    present = reduce(or_, (kind for _, kind in begun), 0)
    named, numbered = present & _MONTH, present & DIGIT
    day_months = found(_day_month(), _WEEKDAY | _THE | DIGIT)
    for match in (*found(_month_day(), _WEEKDAY | _MONTH), *day_months) if named and numbered else ():
        if not match["year"] and _is_month_then_count(text, match):
            continue
        yield Candidate(match.start(), match.end(), partial(_resolve_day, match), "" if match["year"] else "year")
    full = numbered and _FOUR_DIGITS.search(text) is not None
    for pattern, resolve in ((_ISO, _resolve_numbers), (_NUMERIC, _resolve_numbers)) if full else ():
        for match in found(pattern, DIGIT):
            yield Candidate(match.start(), match.end(), partial(resolve, match))
    for match in _DECADE.finditer(text) if full and _TENS.search(text) else ():
        yield Candidate(match.start(), match.end(), partial(_resolve_decade, match))
    for match in found(_month_year(), _MONTH | _PART) if named and full else ():
        yield Candidate(match.start(), match.end(), partial(_resolve_month, match))
    for match in found(_month(), _MONTH | _PART) if named else ():
        clear = match["part"] or match["month"].lower() not in _AMBIGUOUS_MONTHS
        if clear or _MONTH_LEAD.search(text, max(0, match.start() - 12), match.start()):
            yield Candidate(match.start(), match.end(), partial(_resolve_month, match), "year")
    for match in found(_YEARS, DIGIT) if full else ():
        if _resolve_years(match, Context()):
            yield Candidate(match.start(), match.end(), partial(_resolve_years, match))
    for match in found(_year(), DIGIT | _PART) if full else ():
        led = match["part"] or _YEAR_LEAD.search(text, max(0, match.start("year") - 12), match.start("year"))
        if led and is_year(text, match.start("year"), match.end("year")):
            yield Candidate(match.start(), match.end(), partial(_resolve_year, match))


def _is_month_then_count(text: str, match: re.Match[str]) -> bool:
    """ "In March 12 people …": "in" never stands before the day of a month."""
    if match.re is not _month_day() or text[max(0, match.start() - 3) : match.start()].lower() != "in ":
        return False
    return re.match(r"\s+[a-z]", text[match.end() :]) is not None


def longest(found: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in order; of those that overlap the longest, then the first."""
    chosen: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)
