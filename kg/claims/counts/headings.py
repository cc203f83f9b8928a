"""Headings that call losses or deployments confirmed without saying by whom: "Losses Confirmed"."""

from __future__ import annotations

from kg.claims.stances.stance import Stance, topic_of, words_between
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence


def find_confirmed(sentence: Sentence, reading: Reading) -> list[Stance]:
    """The stance of a title or heading whose last verb is a passive of certainty without an agent.

    Holds for what precedes the verb, where that is about losses or deployments; "Army Confirms Losses" and
    "Losses Confirmed by Army" name who confirms and are ordinary stances.
    """
    if sentence.block.kind not in ("title", "heading"):
        return []
    for verb in sentence.tokens:
        if verb.lemma.lower() in words_of("certainty-verb") and verb.tag in ("VBD", "VBN") and verb.i:
            rest = sentence.tokens[verb.i + 1 :]
            stated = [
                t for t in rest if t.pos in ("NOUN", "PROPN", "PRON", "VERB") and t.dep in ("dobj", "nsubj", "ccomp")
            ]
            agent = any(t.lower == "by" or t.dep == "agent" for t in rest)
            proposition = words_between(sentence, 0, verb.i - 1, reading)
            topic = topic_of(proposition.words) if proposition else "other"
            if stated or agent or proposition is None or topic not in ("casualties", "deployment"):
                continue
            last = verb.i
            return [
                Stance(sentence, verb.i, 0, last, "called-confirmed", proposition, topic, (), (), "heading.confirmed")
            ]
    return []
