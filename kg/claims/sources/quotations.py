"""Verbatim words between quotation marks, with the frame that says whose they are.

A quotation belongs to the speaker of the frame that governs its first word, of the frame in which it
stands, or of a frame that follows it directly ("…," X said). Short quoted words in the article's own
sentence have no speaker: *not stated*. Not covered: single quotation marks and block quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.claims.sources.attribution import Attribution
from kg.claims.sources.phrases import is_speaker, noun_phrase
from kg.claims.sources.steps import Step
from kg.mentions import Reading
from kg.nlp import Sentence

_QUOTE = re.compile(r'"(?=\S)([^"]{3,2000}?)"')


def quote_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """The article offsets of each quotation in what is read, its marks included."""
    read = {sentence.block.start for sentence in reading.sentences}
    for block in reading.document.blocks:
        if block.start in read and block.kind in ("paragraph", "heading", "title"):
            for match in _QUOTE.finditer(reading.document.masked, block.start, block.end):
                if sentences_of(reading, match.start(), match.end()):
                    yield match.start(), match.end()


def sentences_of(reading: Reading, start: int, end: int) -> list[Sentence]:
    """The sentences that a span touches."""
    return [s for s in reading.before(end) if start < s.end]


def speaker_steps(reading: Reading, attribution: Attribution, start: int, end: int) -> tuple[list[Step], str]:
    """The rungs behind a quotation, and the rule that found them; no rungs where none is stated."""
    touched = sentences_of(reading, start, end)
    for sentence in touched:
        inside = [t.i for t in sentence.between(start + 1, end - 1)]
        if not inside:
            continue
        steps = attribution.steps_at(sentence, inside[0])
        if steps:
            return _direct(steps), "quote-governed"
    if touched:
        last = touched[-1]
        for frame in attribution.frames.get(last.start, []):
            cue = last.tokens[frame.cue_first]
            if cue.start >= end and cue.start - end < 80 and frame.kind == "verb":
                return _direct(attribution.steps[last.start, frame.cue_first]), "quote-then-speaker"
        steps = _continued(reading, attribution, start)
        if steps:
            return steps, "quote-continued"
        steps = _introduced(reading, attribution, touched[0], start)
        if steps:
            return _direct(steps), "quote-after-colon"
    return [], "quote-unattributed"


def _continued(reading: Reading, attribution: Attribution, start: int) -> list[Step]:
    """ "“…,” said X. “…”": a quotation right after the words that gave the one before it to somebody."""
    block = next((b for b in reading.document.blocks if b.start <= start < b.end), None)
    before = [q for q in attribution.quoted if block is not None and block.start <= q[0] and q[1] <= start]
    if not before:
        return []
    between = reading.document.masked[before[-1][1] : start]
    if len(between) > 90 or between.count(".") != 1 or not between.rstrip().endswith("."):
        return []
    return [replace(step, basis="inferred") for step in before[-1][2]]


def _introduced(reading: Reading, attribution: Attribution, sentence: Sentence, start: int) -> list[Step]:
    """ "The ministry defended the raid: "…"": the subject of the clause before the colon."""
    before = reading.document.masked[max(0, start - 2) : start].strip()
    if before != ":" or attribution.speakers is None:
        return []
    for token in sentence.tokens:
        if token.start < start and token.dep == "nsubj" and is_speaker(sentence, token.i, reading):
            source = attribution.speakers.resolve(sentence, noun_phrase(sentence, token.i))
            cue = reading.evidence(sentence, token.head, token.head)
            return [Step((source,), cue, "direct")]
    return []


def _direct(steps: list[Step]) -> list[Step]:
    return [*steps[:-1], replace(steps[-1], mode="direct")]
