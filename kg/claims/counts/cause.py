"""Conflict or other: whether people came to harm by violence, by the words around and the article's.

The words of the sentence decide where they name a cause; else the balance of the whole article; a tie
is conflict, for which the corpus is selected.
"""

from __future__ import annotations

from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


def cause_of(reading: Reading, sentence: Sentence) -> str:
    """The cause code at a sentence: "conflict" or "other"."""
    own = _balance([t.lower for t in sentence.tokens] + [t.lemma for t in sentence.tokens])
    if own:
        return "conflict" if own > 0 else "other"
    whole = reading.once("cause", lambda: sum(map(_plain_balance, reading.sentences)))
    return "other" if whole < 0 else "conflict"


def _plain_balance(sentence: Sentence) -> int:
    if _plain_balance not in sentence.memo:
        sentence.memo[_plain_balance] = _balance([t.lower for t in sentence.tokens])
    return int(sentence.memo[_plain_balance])


def _balance(words: list[str]) -> int:
    conflict, other = words_of("conflict-cause"), words_of("other-cause")
    return sum(map(conflict.__contains__, words)) - sum(map(other.__contains__, words))
