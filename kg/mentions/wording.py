"""The words of a sentence asked for: the tokens that are one of some, and guards that pass over a whole rule.

Most rules begin at a word, and most sentences do not have it: to ask the sentence's set first takes a tenth of the
time of asking its tokens.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from kg.nlp import Sentence, Token

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guard:
    """All words in lower case and all lemmas at which a rule can begin.

    A guard is a second list of what its rule asks for, which the rule does not see. So everything that passes over
    a rule by words that the rule asks for elsewhere is one of these: `tests/test_guards.py` reads all cases without.
    """

    words: Set[str] = _NONE
    lemmas: Set[str] = _NONE

    def passes(self, sentence: Sentence) -> bool:
        """Whether the rule can begin anywhere in a sentence."""
        return not (sentence.words.isdisjoint(self.words) and sentence.lemmas.isdisjoint(self.lemmas))

    def begins(self, token: Token) -> bool:
        """Whether the rule can begin at a token."""
        return token[4] in self.words or token[5] in self.lemmas


def holds(sentence: Sentence, words: Set[str], lemmas: Set[str] = _NONE) -> bool:
    """Whether a sentence has one of some words in lower case or one of some lemmas."""
    return not (sentence.words.isdisjoint(words) and sentence.lemmas.isdisjoint(lemmas))


def worded(sentence: Sentence, words: Set[str]) -> list[Token]:
    """The tokens that are one of some words in lower case, in order."""
    return [] if sentence.words.isdisjoint(words) else [t for t in sentence.tokens if t[4] in words]


def of_lemma(sentence: Sentence, lemmas: Set[str]) -> list[Token]:
    """The tokens with one of some lemmas, in order."""
    return [] if sentence.lemmas.isdisjoint(lemmas) else [t for t in sentence.tokens if t[5] in lemmas]
