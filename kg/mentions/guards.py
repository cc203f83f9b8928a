"""Patterns with the words that any match of them must hold, so that most texts need not be searched at all.

The words are read off the pattern itself, and what is found is what the pattern alone would find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_FOLDED = str.maketrans("\u017f\u212a\u0130\u0131", "skii")  # what "s", "k" and "i" match without regard to case
_MOST = 60  # words: to look for more costs as much as to search


def lowered(text: str) -> str:
    """A text as `Guarded` asks for it, made once for many patterns."""
    return (text if text.isascii() else text.translate(_FOLDED)).lower()


class Guarded:
    """A compiled pattern that looks for its words first."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        found = _needed(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
        self.words: tuple[str, ...] = tuple(sorted(found)) if found and len(found) <= _MOST else ()

    def fits(self, low: str) -> bool:
        """Whether a lowered text holds one of the words; always so for a pattern that needs none."""
        for word in self.words:  # a loop: `any` takes twice as long
            if word in low:
                return True
        return not self.words

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in a text, or between two offsets of it."""
        end = len(text) if end is None else end
        return self.pattern.search(text, start, end) if self.fits(lowered(text[start:end])) else None

    def finditer(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """The matches in a text; `low` is the text lowered."""
        return self.pattern.finditer(text) if self.fits(low) else iter(())


def _needed(items: Any) -> frozenset[str] | None:
    """Words of which a match holds at least one, in lower case; None where there is no such set."""
    best: frozenset[str] | None = None
    run: list[str] = []
    for code, value in [*items, (None, None)]:
        if code is sre.LITERAL:
            run.append(chr(value))
            continue
        if run:
            best = _better(best, frozenset([lowered("".join(run))]))
            run = []
        if code is not None:
            best = _better(best, _needed_by(code, value))
    return best


def _needed_by(code: Any, value: Any) -> frozenset[str] | None:
    if code is sre.SUBPATTERN:
        return _needed(value[-1])
    if code is sre.BRANCH:
        found: set[str] = set()
        for branch in value[1]:
            needed = _needed(branch)
            if needed is None:
                return None
            found |= needed
        return frozenset(found)
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[0] > 0:
        return _needed(value[2])
    if code is sre.ATOMIC_GROUP:
        return _needed(value)
    return None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set that fewer texts will hold: without a short word, then the smaller one."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda words: (min(map(len, words)) < 4, len(words) > _MOST, len(words)))
