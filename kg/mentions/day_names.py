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
from kg.mentions.written_dates import Candidate, Context

_EVENT = r"(?:\s+(?:terror(?:ist)?\s+)?(?:attack|massacre|assault)s?\b)"
_AFTER_NAME = re.compile(r"[\s-]+(?P<word>[A-Z][a-z]+)(?:\s+(?P<more>[A-Z][a-z]+))?")
_BEFORE_NAME = re.compile(r"(?P<word>[A-Z][a-z]+)[\s-]+$")
_THE = re.compile(r"\b[Tt]he\s+$")


@cache
def _known() -> tuple[tuple[re.Pattern[str], Period], ...]:
    rows = []
    for words, value in calendar.date_words("known-day").items():
        after = "" if "/" in words else f"(?={_EVENT})"
        period = calendar.day(date.fromisoformat(value))
        rows.append((re.compile(rf"(?:\b[Tt]he\s+)?(?<![\w/]){re.escape(words)}(?![\w/]){after}"), period))
    return tuple(rows)


def _from_then_on(period: Period, context: Context) -> Period | None:
    return period if context.anchor is None or context.anchor >= period.latest else None


def candidates(text: str) -> Iterator[Candidate]:
    """Every day of a text that the world knows by its name."""
    for pattern, period in _known():
        for match in pattern.finditer(text):
            yield Candidate(match.start(), match.end(), partial(_from_then_on, period))


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
