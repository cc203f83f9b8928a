"""Shares of a whole ("36% of the force") and growth by a factor ("casualties had doubled").

Not covered: percentages without a named whole, and growth by a percentage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import of_lemma
from kg.model import Evidence
from kg.nlp import Sentence, Token

FACTORS = {"double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share or growth with its words, before it is attributed; `value` is a percentage or a factor."""

    sentence: Sentence
    anchor: int
    first: int
    last: int
    value: float
    subject: Evidence  # the whole of a share, the subject of growth
    rule: str


def find_shares(sentence: Sentence, reading: Reading) -> Iterator[Ratio]:
    """Each percentage with "of" and a whole made of forces or casualties."""
    for evidence, value in reading.percents:
        if not sentence.start <= evidence.start < sentence.end or not 0 <= value <= 100:
            continue
        covered = sentence.between(evidence.start, evidence.end)
        if not covered:
            continue
        i = covered[-1].i + 1
        tokens = sentence.tokens
        if i >= len(tokens) or tokens[i].lower != "of":
            continue
        end = i + 1
        while end < len(tokens) and tokens[end].pos in ("DET", "ADJ", "NOUN", "PROPN", "VERB", "PRON", "PART"):
            end += 1
        if end > i + 1 and any(t.lower in words_of("share-noun") for t in tokens[i + 1 : end]):
            first = _verb_before(tokens, covered[0].i)
            yield Ratio(
                sentence,
                covered[0].i,
                first,
                end - 1,
                value,
                reading.evidence(sentence, i + 1, end - 1),
                "share.percent-of",
            )


def _verb_before(tokens: tuple[Token, ...], i: int) -> int:
    return i - 1 if i and tokens[i - 1].pos in ("VERB", "AUX") else i


def find_growth(sentence: Sentence, reading: Reading) -> Iterator[Ratio]:
    """Each verb of multiplication whose subject is a casualty noun."""
    for verb in of_lemma(sentence, words_of("growth-verb")):
        for subject in sentence.children(verb.i, "nsubj"):
            if subject.lower in words_of("casualty-topic") and FACTORS.get(verb.lemma) is not None:
                yield Ratio(
                    sentence, verb.i, subject.i, verb.i, FACTORS[verb.lemma],
                    reading.evidence(sentence, subject.i, subject.i), f"growth.{verb.lemma}",
                )  # fmt: skip
