"""Dates that are names: days that are known without their year, and dates inside the names of other things.

"9/11", "the October 7 attacks"; "the 17 February Brigade", "Black September", "The Sunday Times".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from kg.mentions import calendar
from kg.mentions.calendar import Period
from kg.mentions.lexica import words_of
from kg.mentions.numerals import alternatives
from kg.mentions.written_dates import Candidate, Context, unsaid_year

_EVENT = r"(?:\s+(?:terror(?:ist)?\s+)?(?:attack|massacre|assault)s?\b)"
_AFTER_NAME = re.compile(r"[\s-]+(?P<word>[A-Z][a-z]+)(?:\s+(?P<more>[A-Z][a-z]+))?")
_BEFORE_NAME = re.compile(r"(?P<word>[A-Z][a-z]+)[\s-]+$")
_THE = re.compile(r"\b[Tt]he\s+$")


@cache
def _known() -> tuple[tuple[str, re.Pattern[str], Period], ...]:
    rows = []
    for words, value in calendar.date_words("known-day").items():
        after = "" if "/" in words else f"(?={_EVENT})"
        period = calendar.day(date.fromisoformat(value))
        rows.append((words, re.compile(rf"(?:\b[Tt]he\s+)?(?<![\w/]){re.escape(words)}(?![\w/]){after}"), period))
    return tuple(rows)


def _as_known(period: Period, _context: Context) -> Period | None:
    return period


@cache
def _feast() -> re.Pattern[str]:
    names = "|".join(re.escape(name).replace("'", "['’]") for name in calendar.date_words("feast"))
    return re.compile(rf"\b(?P<feast>{names})\b(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?")


@cache
def _feast_words() -> tuple[str, ...]:
    """What the names of feasts begin with."""
    return tuple(sorted({re.split(r"[' ]", name)[0] for name in calendar.date_words("feast")}))


def _on_feast(month: int, day: int, year: int | None, context: Context) -> Period | None:
    year = year or unsaid_year(month, day, context)
    return calendar.day(date(year, month, day)) if year else None


def candidates(text: str, anchor: date | None) -> Iterator[Candidate]:
    """Every day of a text that the world knows by its name: an event's, if it was by then, or a yearly feast's."""
    for match in _feast().finditer(text) if any(map(text.__contains__, _feast_words())) else ():
        month, day = map(int, calendar.date_words("feast")[match["feast"].replace("’", "'")].split("-"))
        year = int(match["year"]) if match["year"] else None
        yield Candidate(
            match.start(), match.end(), partial(_on_feast, month, day, year), "" if match["year"] else "year"
        )
    for words, pattern, period in _known():
        if words not in text or (anchor is not None and anchor < period.latest):
            continue
        for match in pattern.finditer(text):
            yield Candidate(match.start(), match.end(), partial(_as_known, period))


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(list(calendar.date_words('weekday')))}$")


def is_name(text: str, candidate: Candidate) -> bool:
    """Whether a date phrase is part of the name of a force, a place or a paper rather than a date of the text.

    Does not cover people ("Joe Friday"), whom the parser knows.
    """
    words = text[candidate.start : candidate.end]
    after = _AFTER_NAME.match(text, candidate.end)
    following = {after["word"], after["more"]} if after else set()
    if following & words_of("dated-name") and candidate.needs in ("year", "anchor"):
        return True
    if _weekday().search(words):
        return bool(following & words_of("weekday-name") and _THE.search(text, 0, candidate.start))
    before = _BEFORE_NAME.search(text, 0, candidate.start)
    return words in calendar.date_words("month") and before is not None and before["word"] in words_of("dated-epithet")
