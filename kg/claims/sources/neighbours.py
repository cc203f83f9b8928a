"""What sentences lend to one another: documents that the next one fills in, objects however deep they hang."""

from __future__ import annotations

from kg.claims.sources.phrases import Phrase, conjuncts, noun_phrase
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


def is_media(sentence: Sentence, audience: tuple[Phrase, ...]) -> bool:
    for phrase in audience:
        for i in range(phrase.first, phrase.last + 1):
            token = sentence.tokens[i]
            if token.lower in words_of("media-noun") or token.pos == "PROPN":
                return True
    return False


def objects_of(sentence: Sentence, head: int, prepositions: tuple[str, ...]) -> list[int]:
    """Objects of the prepositions below a noun, however deep the parse hung them."""
    inside = {t.i for t in sentence.subtree(head)}
    found = [
        c.i
        for t in sentence.tokens
        if t.i in inside and t.lower in prepositions
        for c in sentence.children(t.i, "pobj")
    ]
    return [k for h in found for k in conjuncts(sentence, h)]


def wide_phrase(sentence: Sentence, head: int) -> Phrase:
    """The phrase with its "in …": lawmakers in the capital."""
    return noun_phrase(sentence, head)


def noun_start(sentence: Sentence, head: int) -> int:
    """The first token of the modifiers that stand right before a noun."""
    inside = {t.i for t in sentence.subtree(head)}
    first = head
    while (first - 1 in inside and sentence.tokens[first - 1].pos not in ("PUNCT", "DET")) or (
        first - 1 in inside and sentence.tokens[first - 1].text == "-"
    ):
        first -= 1
    return first
