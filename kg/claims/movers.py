"""Which words of a clause are the forces that move."""

from __future__ import annotations

from kg.claims.movement import raised
from kg.nlp import Sentence, Token


def arguments(sentence: Sentence, verb: Token, voice: str) -> list[int]:
    passive = bool(sentence.children(verb.i, "nsubjpass", "auxpass"))
    if voice == "object":
        found = [c.i for c in sentence.children(verb.i, "nsubjpass" if passive else "dobj")]
        if verb.tag == "VBN" and verb.dep == "acl":
            found.append(verb.head)
        if passive and not found:
            found = raised(sentence, verb)
        return found
    found = [c.i for c in sentence.children(verb.i, "nsubj", "nsubjpass")]
    if not found:
        found = raised(sentence, verb)
    return found
