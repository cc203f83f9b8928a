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


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds that begins at one of `places`, which are in order."""
    after = 0
    for at in places:
        if at >= after and (match := pattern.match(text, at)):
            after = match.end()
            yield match


class Starts:
    """The first words of phrases with their kinds, whatever their case.

    Of a word that is no phrase by itself, the second one must follow too, or what begins with it.
    """

    def __init__(self, phrases: Mapping[str, int] | Iterable[str]) -> None:
        kinds = phrases if isinstance(phrases, Mapping) else dict.fromkeys(phrases, DIGIT)
        self._kinds: dict[str, int] = {}
        seconds: dict[str, set[str]] = {}
        marks: set[str] = set()
        for phrase, kind in kinds.items():
            first, second, *_ = [*_RUN.findall(lowered(phrase)), "", ""]
            if first_run(phrase):
                self._kinds[first] = self._kinds.get(first, 0) | kind
                seconds.setdefault(first, set()).add(second)
            else:
                marks.add(phrase[0])
        self._behind = {
            word: re.compile(rf"\W+(?:{'|'.join(map(re.escape, sorted(following)))})")
            for word, following in seconds.items()
            if "" not in following
        }
        self._marks = re.compile(f"[{re.escape(''.join(sorted(marks)))}]") if marks else None

    def kinds(self, low: str) -> list[tuple[int, int]]:
        """The offsets of such words in a lowered text with their kinds, and of what begins with a digit, in order."""
        kinds, behind = self._kinds, self._behind
        return [
            (match.start(), kind)
            for match in _RUN.finditer(low)
            if (kind := kinds.get(word := match.group()) or word[0].isdecimal())
            and (word not in behind or behind[word].match(low, match.end()))
        ]

    def of(self, low: str) -> list[int]:
        """The offsets of such words in a lowered text, of marks that phrases begin with, and of digits, in order."""
        found = [at for at, _ in self.kinds(low)]
        if self._marks and (marks := [match.start() for match in self._marks.finditer(low)]):
            found = sorted([*found, *marks])
        return found
