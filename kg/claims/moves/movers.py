"""Which words of a clause are the forces that move."""

from __future__ import annotations

from kg.claims.moves.movement import raised
from kg.nlp import Sentence, Token


def arguments(sentence: Sentence, verb: Token, voice: str) -> list[int]:
    passive = bool(sentence.children(verb.i, "nsubjpass", "auxpass"))
    if voice == "object":
        found = [c.i for c in sentence.children(verb.i, "nsubjpass" if passive else "dobj")]
        found += [c.i for i in found for c in sentence.children(i, "conj")]  # "sent tanks and troops"
        if verb.tag == "VBN" and verb.dep == "acl":
            found.append(verb.head)
        if passive and not found:
            found = raised(sentence, verb)
        return found
    return subjects_of(sentence, verb) or raised(sentence, verb)


def subjects_of(sentence: Sentence, verb: Token) -> list[int]:
    """The subjects of a verb; where the parse gives it none, the noun right before its finite auxiliary."""
    found = [c.i for c in sentence.children(verb.i, "nsubj", "nsubjpass")]
    auxiliaries = sentence.children(verb.i, "aux", "auxpass")
    if found or not auxiliaries or auxiliaries[0].tag not in ("MD", "VBD", "VBZ", "VBP") or auxiliaries[0].i == 0:
        return found
    before = sentence.tokens[auxiliaries[0].i - 1]
    return [before.i] if before.pos in ("NOUN", "PROPN") else []
