"""A force told of before, by a new figure: "bringing the total to 14,000", "the number could exceed 2,500".

Not covered: figures of which no force was told before, and of those who are no force.
"""

from __future__ import annotations

from kg.claims.counts.group import Group
from kg.claims.moves.move import Move
from kg.claims.moves.movement import is_negated, open_question, status_of
from kg.claims.moves.strength import cue_of
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token

REACH = 8  # tokens from the figure's noun to its number


def refigured(sentence: Sentence, group: Group) -> Move | None:
    """The strength that an amount without a noun gives to the forces named before it; None where it gives none."""
    if group.amount is None:
        return None
    verb = _figuring(sentence, group)
    if verb is None or open_question(sentence, verb):
        return None
    first = verb.i if group.first - verb.i <= REACH else group.first
    return Move(
        sentence=sentence, anchor=verb.i, first=first, last=group.last, amount=group.amount, group=None,
        status=status_of(sentence, verb, "present"), subject=None, wave=None, purpose=None, counted=True,
        negated=is_negated(sentence, verb), rule=f"figure.{verb.lemma}",
    )  # fmt: skip


def _figuring(sentence: Sentence, group: Group) -> Token | None:
    """The verb that gives the number: of putting or bringing the figure, or of the figure's rising."""
    tokens, cue = sentence.tokens, cue_of(sentence, group)
    if cue is None:
        return None
    lead = cue.i
    before = tokens[max(0, lead - REACH) : lead + 1]
    if cue.lower == "at":
        put = next((t for t in reversed(before) if t.lemma in words_of("put-at")), None)
        return put if put is not None and _is_figure(tokens[put.i + 1 : lead]) else None
    if cue.lower == "to":
        brought = next((t for t in reversed(before) if t.lemma in words_of("bring-to")), None)
        if brought is not None:
            return brought if _is_figure(tokens[brought.i + 1 : lead]) else None
        rising = next((t for t in reversed(before) if t.lemma in words_of("strength-verb")), None)
        return rising if rising is not None and _subject_is_figure(sentence, rising) else None
    reaching = words_of_any("reach-verb", "exceed-verb")
    return cue if cue.lemma in reaching and _subject_is_figure(sentence, cue) else None


def _is_figure(words: tuple[Token, ...]) -> bool:
    """Only the noun that stands for the number: "the total", "the figure", "their number"."""
    nouns = [t for t in words if t.pos in ("NOUN", "PROPN")]
    return len(nouns) == 1 and nouns[0].lower in words_of("force-figure")


def _subject_is_figure(sentence: Sentence, verb: Token) -> bool:
    subjects = sentence.children(verb.i, "nsubj", "nsubjpass")
    if not subjects:
        return False
    noun = subjects[0]
    bare = not any(c.dep in ("prep", "compound") for c in sentence.children(noun.i))
    return noun.lower == "it" or (bare and noun.lower in words_of_any("force-figure", "strength-noun"))
