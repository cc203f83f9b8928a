"""Percentages as they are written: "36%", "36.5 per cent", "thirty-six percent"."""

from __future__ import annotations

import re
from functools import cache

from kg.mentions.guards import Guarded, lowered
from kg.mentions.numerals import GAP, number_pattern, number_words, read_number
from kg.mentions.starts import Starts, matches
from kg.model import Document, Evidence


@cache
def _pattern() -> Guarded:
    number = number_pattern()
    sign = rf"(?:(?:{GAP}|-)?(?:%|percent(?:age{GAP}points?)?\b|per{GAP}cent\b|pct\b))"
    second = rf"(?:(?:{GAP}(?:to|or|and){GAP}|[-–])(?P<second>{number}))?"
    return Guarded(re.compile(rf"(?P<first>{number}){second}{sign}", re.IGNORECASE))


@cache
def _starts() -> Starts:
    return Starts((*number_words(), "a", "an", "half", "quarter", "quarters"))


def find_percents(document: Document, start: int, end: int) -> list[tuple[Evidence, float]]:
    """Each percentage with its words; a range ("30 to 40%") yields both ends, the last with the sign."""
    found: list[tuple[Evidence, float]] = []
    text = document.masked[start:end]
    low = lowered(text)
    if not _pattern().fits(low):
        return found
    for match in matches(_pattern().pattern, text, _starts().of(low)):
        for name in ("first", "second"):
            value = read_number(match[name]) if match[name] else None
            if value is not None:
                last = name == "second" or not match["second"]
                to = match.end() if last else match.end(name)
                found.append((document.evidence(start + match.start(name), start + to), float(value)))
    return found
