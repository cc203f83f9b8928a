"""Clock times, and a text without them and without its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.starts import matches
from kg.mentions.written_dates import candidates, longest

_DIGITS = re.compile(r"\d+")
_TIMES = re.compile(
    r"(?<![\w.,/-])(?:\d{1,2}(?:[:.]\d\d)?\s*(?:-|–|to|and)\s*)?\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.m\b\.?|[ap]m\b|[ap]\.m\.|o['’]clock\b)"
    r"|(?<![\w.,/-])\d{1,2}:\d\d(?::\d\d)?(?!\w)(?:\s?(?:GMT|UTC|hours|hrs)\b)?"
    r"|(?<![\w.,/-])(?:[01]\d|2[0-4])[.:]?[0-5]\d\s?(?:GMT|UTC|hours\b|hrs\b|local time|[A-Z]{1,4}T\b|Z\b)",
    re.IGNORECASE,
)


def times(text: str) -> Iterator[re.Match[str]]:
    """The times of a text, in order: "3:30 p.m.", "from 5 to 6am", "1400 GMT"."""
    return matches(_TIMES, text, [match.start() for match in _DIGITS.finditer(text)])


def blank(text: str) -> str:
    """The text with its dates and clock times overwritten, so that none of their digits is read as a count."""
    spans = [(c.start, c.end) for c in longest(candidates(text))] + [match.span() for match in times(text)]
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text
