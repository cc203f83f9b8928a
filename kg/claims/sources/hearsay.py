"""Looser ways of telling: "the bulletin spoke of 12 dead", "reporters saw 12 bodies", "its report: 12 dead"."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.frame import Frame
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token


def speaks_of(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells what its "of" names: "spoke of six bodies", "talked of heavy losses"."""
    return (
        verb.pos == "VERB"
        and verb.lemma in words_of("speaking-of-verb")
        and any(p.lower == "of" for p in sentence.children(verb.i, "prep"))
    )


def looks_on(sentence: Sentence, verb: Token) -> bool:
    """Whether onlookers saw it for themselves: "AFP correspondents saw two bodies"."""
    if verb.pos != "VERB" or verb.lemma not in words_of("onlooking-verb") or sentence.children(verb.i, "neg"):
        return False
    lookers = {t.lemma for t in sentence.children(verb.i, "nsubj")}
    return bool(lookers & words_of("onlooker")) and bool(sentence.children(verb.i, "dobj", "ccomp"))


def beyond_colon(sentence: Sentence, frame: Frame) -> Frame:
    """ "The army released its report: 14 died": what stands behind a colon spells out what was told before it."""
    colon = next((t.i for t in sentence.tokens[frame.cue_last :] if t.text == ":"), None)
    if frame.kind != "verb" or colon is None or sentence.block.kind in ("title", "heading"):
        return frame
    between = sentence.tokens[frame.cue_last + 1 : colon]
    governed = (
        not between
        or between[-1].i in frame.scope
        or any(between[-1].i in range(p.first, p.last + 1) for p in frame.audience)
    )
    if not governed or frame.negated:
        return frame
    return replace(frame, scope=frame.scope | {t.i for t in sentence.tokens[colon + 1 :]} - frame.tokens)


def without_question(sentence: Sentence, frame: Frame) -> Frame:
    """ "Asked about the student, who disappeared in May, the minister said …": what is asked is not what is said."""
    asked = [
        t
        for t in sentence.tokens[: frame.cue_first]
        if t.tag == "VBN"
        and t.lemma in words_of("reaching-verb")
        and t.i <= 2
        and not sentence.children(t.i, "auxpass")
    ]
    inside = {t.i for verb in asked for t in sentence.subtree(verb.i) if t.i < frame.cue_first}
    return replace(frame, scope=frame.scope - inside) if inside else frame
