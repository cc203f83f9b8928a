"""Counts that take up an earlier one: "put the figure at 315,000", "bringing the total to about 379,000"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.draft import Draft
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Amount
from kg.nlp import Sentence, Token

GAP = 6  # tokens between the noun and its number: "the total so far to about"


def find_resumed(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """The counts of a sentence whose noun only points back, each of the kinds of the last count before it.

    `before` are the drafts of the article so far, in order. Holds for a verb of putting or bringing, a noun such as
    "figure" or "total" without any noun of its own ("the total of arrests" is another), and a number after "at" or
    "to", where the count before stands in this sentence or the one before. Its group is taken over; its fate is not.
    """
    found: list[Draft] = []
    for noun in sentence.tokens:
        if noun.lemma in words_of("blame-verb"):
            found.extend(_apportioned(sentence, noun, reading, [*before, *found]))
            continue
        if noun.lower not in words_of("toll-anaphor") or any(d.first <= noun.i <= d.last for d in before[-8:]):
            continue
        verb = _verb(sentence, noun)
        amount = _amount(sentence, noun, verb, reading) if verb is not None else None
        antecedent = next((d for d in reversed(before) if d.sentence is sentence and d.last < noun.i), None)
        antecedent = antecedent or _preceding(sentence, reading, before)
        if verb is None or amount is None or antecedent is None or antecedent.amount is None:
            continue
        covered = [t.i for t in sentence.tokens if t.start < amount.evidence.end and t.end > amount.evidence.start]
        found.append(_again(antecedent, sentence, noun.i, covered[-1], amount))
    return found


def _verb(sentence: Sentence, noun: Token) -> Token | None:
    """The verb of putting or bringing that has the noun for its object, close before it, or whose subject it is."""
    above = sentence.tokens[noun.head]
    if noun.dep == "nsubj" and above.i == noun.i + 1 and above.lemma in words_of("amount-verb"):
        return above
    for token in reversed(sentence.tokens[max(0, noun.i - 4) : noun.i]):
        if token.lemma in words_of("put-at") or token.lemma in words_of("bring-to"):
            return token
        if token.pos not in ("DET", "ADJ", "PRON", "ADV") and token.tag not in ("VBN", "VBG"):
            return None
    return None


def _amount(sentence: Sentence, noun: Token, verb: Token | None, reading: Reading) -> Amount | None:
    """The amount after the noun's own "at" or "to", with nothing counted right behind it but people."""
    wanted = "at" if verb is not None and verb.lemma in words_of("put-at") else "to"
    if verb is not None and verb.i > noun.i:
        wanted = verb.lower
    for token in sentence.tokens[noun.i + 1 : noun.i + 1 + GAP]:
        amount = reading.amount_at(token.start)
        if amount is not None:
            before = [t.lower for t in sentence.tokens if noun.start < t.start and t.end <= amount.evidence.start]
            after = next((t for t in sentence.tokens if t.start >= amount.evidence.end), None)
            counted = after is not None and after.pos in ("NOUN", "PROPN", "SYM")
            return amount if wanted in before and "of" not in before and not counted else None
    return None


def _apportioned(sentence: Sentence, verb: Token, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """ "it blamed 9 on the army and 2 on the rebels": parts of the count before, each with those blamed for it."""
    found: list[Draft] = []
    antecedent = next((d for d in reversed(before) if d.sentence is sentence), None)
    antecedent = antecedent or _preceding(sentence, reading, before)
    if antecedent is None or antecedent.amount is None:
        return []
    for amount in reading.amounts_in(sentence):
        covered = sentence.between(amount.evidence.start, amount.evidence.end)
        after = sentence.tokens[covered[-1].i + 1 : covered[-1].i + 2] if covered else ()
        taken = any(d.sentence is sentence and d.first <= c.i <= d.last for d in before for c in covered)
        if after and after[0].lower in ("on", "to") and covered[0].i > verb.i and not taken:
            found.append(_again(antecedent, sentence, covered[0].i, covered[-1].i, amount))
    return found


def _again(antecedent: Draft, sentence: Sentence, first: int, last: int, amount: Amount) -> Draft:
    """The antecedent's kinds with another amount, at tokens of this sentence."""
    return replace(
        antecedent,
        sentence=sentence,
        anchor=first,
        first=first,
        last=last,
        amount=amount,
        group=None,
        fate=None,
        fate_evidence=None,
        negated=False,
        trigger=replace(antecedent.trigger, first=first, last=first, head=first),
        rule=f"{'+'.join(antecedent.kinds)}.resumed",
    )


def _preceding(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> Draft | None:
    """The last count of the sentence before."""
    earlier = [s for s in reading.sentences if s.start < sentence.start]
    return next((d for d in reversed(before) if earlier and d.sentence is earlier[-1]), None)
