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


def _pattern(followed: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One of some words, with one of the beginnings of what may follow it, or a digit; where a run of letters begins.

    It looks at the first letter first: all others are passed over without a look at what could begin there.
    """
    initials: dict[str, list[str]] = {}
    for word, following in sorted(followed.items()):
        more = "" if "" in following else rf"(?=\W+(?:{'|'.join(map(re.escape, sorted(following)))}))"
        initials.setdefault(word[0], []).append(rf"{re.escape(word[1:])}(?!\w){more}")
    words = "|".join(rf"(?<={re.escape(first)})(?:{'|'.join(rest)})" for first, rest in initials.items())
    letters = "".join(map(re.escape, initials))
    return re.compile(rf"[\d{letters}](?<!\w[\s\S])(?:(?<=\d){'|' + words if words else ''})")


class Starts:
    """The first words of phrases with their kinds, whatever their case.

    Of a word that is no phrase by itself, the second one must follow too, or what begins with it.
    """

    def __init__(self, phrases: Mapping[str, int] | Iterable[str]) -> None:
        kinds = phrases if isinstance(phrases, Mapping) else dict.fromkeys(phrases, DIGIT)
        self._kinds: dict[str, int] = {}
        followed: dict[str, set[str]] = {}
        marks: set[str] = set()
        for phrase, kind in kinds.items():
            first, second, *_ = [*_RUN.findall(lowered(phrase)), "", ""]
            if first_run(phrase):
                self._kinds[first] = self._kinds.get(first, 0) | kind
                followed.setdefault(first, set()).add(second)
            else:
                marks.add(phrase[0])
        self._words = _pattern(followed)
        self._marks = re.compile(f"[{re.escape(''.join(sorted(marks)))}]") if marks else None

    def kinds(self, low: str) -> list[tuple[int, int]]:
        """The offsets of such words in a lowered text with their kinds, and of what begins with a digit, in order."""
        kinds = self._kinds
        return [(match.start(), kinds.get(match.group(), DIGIT)) for match in self._words.finditer(low)]

    def of(self, low: str) -> list[int]:
        """The offsets of such words in a lowered text, of marks that phrases begin with, and of digits, in order."""
        found = [match.start() for match in self._words.finditer(low)]
        if self._marks and (marks := [match.start() for match in self._marks.finditer(low)]):
            found = sorted([*found, *marks])
        return found
