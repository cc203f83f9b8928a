"""Whether a text holds one of many words or phrases, looked up some hundred times faster than it is parsed."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

_WORD = re.compile(r"\w+")

Words = tuple[frozenset[str], str]  # the words of a text and the text, both in lower case


@dataclass(frozen=True, slots=True)
class Cues:
    """Words, and phrases by their first words; a text holds them or not."""

    words: frozenset[str]
    phrases: dict[str, re.Pattern[str]]

    def __contains__(self, text: Words) -> bool:
        present, low = text
        if not self.words.isdisjoint(present):
            return True
        return any(self.phrases[word].search(low) for word in self.phrases.keys() & present)


def cues(listed: Set[str]) -> Cues:
    """Words and phrases in lower case, to be looked for."""
    single = frozenset(word for word in listed if _WORD.fullmatch(word))
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(listed - single):
        phrases.setdefault(_WORD.findall(phrase)[0], []).append(re.escape(phrase))
    return Cues(single, {word: re.compile(rf"\b(?:{'|'.join(rest)})\b") for word, rest in phrases.items()})


def text_of(words: str) -> Words:
    """A text as `Cues` asks for it."""
    low = words.lower()
    return frozenset(_WORD.findall(low)), low
