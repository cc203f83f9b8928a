"""Attackers who come to a place: "The gunmen arrived in Tumba on motorcycles" tells where the attack was."""

from __future__ import annotations

from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_ATTACKERS = ("attacker-noun", "captor", "insurgent-noun")
_NEAR = 4  # words between the verb and its preposition: "came on foot to"


def arrives(sentence: Sentence, k: int) -> bool:
    """Whether attackers come to what follows the preposition at token `k`."""
    if sentence.tokens[k].lower not in ("to", "into", "in", "at", "on", "upon"):
        return False
    verb = next((t for t in reversed(sentence.tokens[max(0, k - _NEAR) : k]) if t.pos == "VERB"), None)
    if verb is None or verb.lemma not in words_of("arriving-verb"):
        return False
    first = verb
    while first.dep == "conj" and not sentence.children(first.i, "nsubj") and first.head != first.i:
        first = sentence.tokens[first.head]  # "The raiders came on foot and rode into"
    return any(
        t.lemma in words_of(name) or t.lower in words_of(name)
        for t in sentence.children(first.i, "nsubj")
        for name in _ATTACKERS
    )
