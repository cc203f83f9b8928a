"""Frames that are one: a citing phrase and the verb of reporting that it belongs to."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.frame import Frame
from kg.nlp import Sentence


def with_citations(frames: list[Frame]) -> list[Frame]:
    """The frames; one that only says whom another frame's source cites ("Reuters, which cited X") joins it."""
    result = []
    for frame in frames:
        heads = {p.head for p in frame.speakers}
        other = next(
            (
                f
                for f in frames
                if frame.kind == "quoted"
                and heads
                and f is not frame
                and (
                    heads <= {p.head for p in (*f.speakers, *f.cites)} or (f.kind == "according" and _within(heads, f))
                )
            ),
            None,
        )
        result.append(frame if other is None else replace(frame, speakers=(), scope=other.scope - frame.tokens))
    return result


def with_inserted(sentence: Sentence, frames: list[Frame]) -> list[Frame]:
    """The frames; "quoting a source" between commas right behind a verb of reporting says whom its subject cites."""
    result = list(frames)
    for loose in frames:
        before = sentence.tokens[loose.cue_first - 1] if loose.cue_first > 1 else None
        if loose.kind != "quoted" or loose.speakers or before is None or before.text != ",":
            continue
        verb = next((f for f in result if f.kind == "verb" and f.cue_last == before.i - 1 and not f.cites), None)
        if verb is not None:
            result.remove(loose)
            scope = (verb.scope | loose.scope) - verb.tokens - loose.tokens - {verb.cue_first}
            scope = frozenset(i for i in scope if i > loose.cue_first)
            joined = replace(verb, cites=loose.cites, cite_cue=loose.cite_cue, scope=scope)
            result[result.index(verb)] = joined
    return result


def _within(heads: set[int], frame: Frame) -> bool:
    """Whether the frame's only speaker is a phrase about those: "a dispatch from the agency, which cited X"."""
    return len(frame.speakers) == 1 and all(frame.speakers[0].first <= h <= frame.speakers[0].last for h in heads)
