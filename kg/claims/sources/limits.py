"""Where what somebody says ends: other clauses of the sentence, events that are only mentioned, one's own people.

The scope of a frame comes from the parse, which does not know that "…: 12 died, according to the rebels" leaves
the words before the colon to others, or that whoever "has nothing to do with the killing of three" tells no count.
"""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.frame import Frame, reporting_verbs
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import worded
from kg.nlp import Sentence, Token


def within_limits(sentence: Sentence, frames: list[Frame]) -> list[Frame]:
    """The frames without what their speakers leave to others, or only mention."""
    frames = [_to_semicolon(sentence, f) for f in _parted(sentence, frames)]
    presupposed = _presupposed(sentence, frames)
    if presupposed:
        frames = [replace(f, scope=f.scope - presupposed) for f in frames]
    if sentence.block.kind in ("title", "heading") and any(t.text == ";" for t in sentence.tokens):
        frames = [replace(f, scope=f.scope & _segment(sentence, f.cue_first)) for f in frames]
    return frames


def without_own_people(sentence: Sentence, frames: list[Frame]) -> list[Frame]:
    """The frames without "its staff counted 17 dead" inside what the body itself says."""
    return [f for f in frames if not (f.nested and is_own_people(sentence, f))]


def is_own_people(sentence: Sentence, frame: Frame) -> bool:
    """Whether those who say something are but the people of a body: "its teams", "the staff"."""
    if frame.kind != "verb" or len(frame.speakers) != 1:
        return False
    first, head = sentence.tokens[frame.speakers[0].first], sentence.tokens[frame.speakers[0].head]
    own = first.tag == "PRP$" or (first.lower == "the" and head.i == first.i + 1)
    mine = first.tag == "PRP$" and head.lower in words_of("own-men")
    return mine or (own and head.lower in words_of("own-people"))


def _parted(sentence: Sentence, frames: list[Frame]) -> list[Frame]:
    """ "…, but analysts say …: 12 died, according to rebels": each source keeps its own part of the sentence."""
    for frame in frames:
        if frame.kind != "according" or frame.cue_first < 4:
            continue
        end = next((t.i for t in sentence.tokens[frame.cue_last :] if t.text == ";"), None)
        if end is not None and any(f.cue_first > end for f in frames):
            kept = replace(frame, scope=frozenset(i for i in frame.scope if i < end))
            return [kept if f is frame else f for f in frames]
        start = _clause_start(sentence, frame.cue_first)
        if start is None:
            continue
        rest = frozenset(t.i for t in sentence.tokens[start:])
        parted = []
        for other in frames:
            if other is frame:
                other = replace(other, scope=other.scope & rest)
            elif other.cue_first < start:
                other = replace(other, scope=other.scope - rest)
            parted.append(other)
        return parted
    return frames


def _to_semicolon(sentence: Sentence, frame: Frame) -> Frame:
    """What a semicolon parts: not said where a thing was confirmed before it, said where it counts on."""
    mark = next((t.i for t in sentence.tokens[frame.cue_last :] if t.text == ";"), None)
    if mark is None or frame.kind != "verb" or sentence.block.kind in ("title", "heading"):
        return frame
    said = [c.i for c in sentence.children(frame.cue_first, "ccomp") if c.i < mark]
    if not said and any(c.i < mark for c in sentence.children(frame.cue_first, "dobj")):
        return replace(frame, scope=frozenset(i for i in frame.scope if i < mark))
    rest = sentence.tokens[mark + 1 :]
    counts_on = len(rest) > 2 and (
        rest[0].lower == "another" or (rest[0].pos == "NUM" and rest[1].lower in ("others", "other", "more"))
    )
    if said and counts_on:
        end = next((t.i for t in rest if t.text == ";"), len(sentence.tokens))
        return replace(frame, scope=frame.scope | frozenset(range(mark + 1, end)))
    return frame


def _clause_start(sentence: Sentence, before: int) -> int | None:
    """Where the last clause before a source begins, where a colon, a semicolon or "but" parts it from another."""
    tokens = sentence.tokens
    for token in reversed(tokens[2:before]):
        contrast = token.lower == "but" and tokens[token.i - 1].text == ","
        if token.text not in (":", ";") and not contrast:
            continue
        inside = tokens[token.i + 1 : before]
        outside = tokens[: token.i]
        if any(t.pos in ("VERB", "AUX") for t in inside) and any(t.tag in ("VBD", "VBZ", "VBP") for t in outside):
            return token.i
        return None
    return None


def _presupposed(sentence: Sentence, frames: list[Frame]) -> frozenset[int]:
    """The tokens of events that a speaker denies a part in, or of which there are only reports to look into."""
    found: set[int] = set()
    for token in worded(sentence, words_of_any("involvement", "unproven-report")):
        if token.lower in words_of("involvement"):
            none = token.lower == "nothing" or any(c.lower == "no" for c in sentence.children(token.i, "det"))
            if none or _is_denied(sentence, token, frames):
                found |= {
                    t.i
                    for below in sentence.subtree(token.i)
                    if below.lower in ("in", "with", "for", "to")
                    for t in sentence.subtree(below.i)
                }
        elif _is_looked_into(sentence, token):
            found |= {t.i for t in sentence.subtree(token.i)}
    return frozenset(found)


def _is_denied(sentence: Sentence, token: Token, frames: list[Frame]) -> bool:
    above = sentence.tokens[token.head]
    return (
        token.dep in ("dobj", "pcomp") and reporting_verbs().get(above.lemma, ("", ""))[0] == "denies" and bool(frames)
    )


def _is_looked_into(sentence: Sentence, token: Token) -> bool:
    clause = sentence.children(token.i, "acl", "ccomp", "relcl")
    if not any(c.lower == "that" for v in clause for c in sentence.children(v.i, "mark")):
        return False
    above = sentence.tokens[token.head]
    while above.pos == "ADP" and above.head != above.i:
        above = sentence.tokens[above.head]
    if above.lemma in words_of("confirming-verb") and sentence.children(above.i, "neg"):
        return True  # "could not confirm reports that …"
    return above.lemma in words_of("inquiring-verb")


def _segment(sentence: Sentence, i: int) -> frozenset[int]:
    """The tokens of a headline between the semicolons around a token."""
    marks = [t.i for t in sentence.tokens if t.text == ";"]
    start = max((m for m in marks if m < i), default=-1)
    end = min((m for m in marks if m > i), default=len(sentence.tokens))
    return frozenset(range(start + 1, end))
