"""Where in a text a phrase may begin: at one of some words or marks, or at a digit.

A pattern that can begin nowhere else is tried at these places alone, which takes a fraction of searching.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.mentions.guards import lowered

DIGIT = 1  # the kind of what begins with a digit
_RUN = re.compile(r"\w+")


def first_run(phrase: str) -> str:
    """The letters, digits and underscores with which a phrase begins, in lower case; "" where it is a mark."""
    match = _RUN.match(lowered(phrase))
    return match.group() if match else ""


def starts(text: str, kinds: Mapping[str, int]) -> list[tuple[int, int]]:
    """The offsets of words with their kinds, and of what begins with a digit, in order."""
    return [
        (match.start(), kind)
        for match in _RUN.finditer(lowered(text))
        if (kind := kinds.get(word := match.group()) or word[0].isdecimal())
    ]


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds that begins at one of `places`, which are in order."""
    after = 0
    for at in places:
        if at >= after and (match := pattern.match(text, at)):
            after = match.end()
            yield match


class Starts:
    """The first words of phrases, whatever their case; what follows the word is not looked at."""

    def __init__(self, phrases: Iterable[str]) -> None:
        begun = {phrase: first_run(phrase) for phrase in phrases}
        self._kinds = dict.fromkeys(filter(None, begun.values()), DIGIT)
        marks = "".join(sorted({re.escape(phrase[0]) for phrase, run in begun.items() if not run}))
        self._marks = re.compile(f"[{marks}]") if marks else None

    def of(self, text: str) -> list[int]:
        """The offsets of such words, of marks that phrases begin with, and of what begins with a digit, in order."""
        found = [at for at, _ in starts(text, self._kinds)]
        if self._marks and (marks := [match.start() for match in self._marks.finditer(text)]):
            found = sorted([*found, *marks])
        return found
