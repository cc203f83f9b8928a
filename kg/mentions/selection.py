"""Which sentences of a block are worth parsing: those that may hold a claim, or tell something of one.

A sentence is read for a word of harm, of forces or of fighting, a number of people, quoted words, a stance, or
because the next one refers back to it; so is one with any number after one that is read. Titles, headings, captions
and the first paragraph are read in full. Sentences are told apart by their marks alone, and in doubt not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions.cues import trigger_phrases
from kg.mentions.lexica import words_of
from kg.mentions.wordsets import Cues, cues, text_of
from kg.model import Block

Stretch = tuple[int, int]  # article offsets of sentences in a row

_END = re.compile(r"""(?:\b[a-z]{3,}|\b[A-Z][a-z]{4,}|[\d%)])(?:[.?!]"? +|[.?!]" )(?=["A-Z\d])""")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_DIGITS = re.compile(r"\d[\d.,]*")
_LISTS = (
    "agreement", "armed-people", "attack-noun", "attacker-noun", "captive", "casualty-topic", "combat", "concern", "conflict-cause",
    "deployment-noun", "deployment-topic", "disaster", "document-noun", "event", "faction-noun", "force-noun", "injury-noun",
    "insurgent-noun", "loss-noun", "media-noun", "movement-noun", "murder-noun", "operation", "remains", "reporting-form", "responsibility", "spokesperson", "state-force",
    "toll-noun", "treaty-topic", "troop-unit", "victims", "withdrawal-noun",
)  # fmt: skip


@cache
def _telling() -> Cues:
    """What a sentence is read for by itself."""
    listed = set(trigger_phrases())
    for name in _LISTS:
        listed |= words_of(name)
    verbs = read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"))
    lemmas = {r["lemma"] for r in verbs} | words_of("deny") | words_of("event")
    for lemma in lemmas | words_of("agreement-verb") | words_of("decline"):
        listed |= {lemma, *_inflected(lemma)}
    persons = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    for row in persons:
        if row["role"] in ("fighter", "military"):
            listed |= {w for w in (row["singular"], *row["plural"].split("|")) if w}
    return cues(listed)


def _inflected(lemma: str) -> set[str]:
    stem = lemma[:-1] if lemma[-1] in "ey" else lemma
    doubled = lemma + lemma[-1]
    return {lemma + "s", lemma + "es", stem + "ed", stem + "ies", stem + "ied", stem + "ing", lemma + "ing",
            doubled + "ed", doubled + "ing"}  # fmt: skip


@cache
def _people() -> frozenset[str]:
    persons = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    return frozenset(w.split()[-1] for r in persons for w in (r["singular"], *r["plural"].split("|")) if w)


@cache
def _numbers() -> frozenset[str]:
    rows = read_table(data_file("number_words.tsv"), ("word", "kind", "value", "example"))
    vague = read_table(data_file("vague_amounts.tsv"), ("words", "needs", "example"))
    words = {r["word"] for r in rows if r["kind"] != "suffix"} | {r["words"] for r in vague if " " not in r["words"]}
    return frozenset(words)


@cache
def _referring() -> frozenset[str]:
    return words_of("back-reference")


def _numbered(present: frozenset[str], low: str) -> bool:
    if not _numbers().isdisjoint(present):
        return True
    return any(not _YEAR.fullmatch(digits.rstrip(".,")) for digits in _DIGITS.findall(low))


def stretches(masked: str, block: Block, *, whole: bool) -> list[Stretch]:
    """The article offsets of what to parse of a block, sentences in a row together."""
    if whole or block.kind != "paragraph":
        return [(block.start, block.end)]
    starts = [block.start, *(m.end() for m in _END.finditer(masked, block.start, block.end))]
    ends = [*starts[1:], block.end]
    texts = [masked[start:end] for start, end in zip(starts, ends, strict=True)]
    kept = _kept(texts)
    found: list[Stretch] = []
    for start, end, keep in zip(starts, ends, kept, strict=True):
        if not keep:
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start, start + len(masked[start:end].rstrip())) for start, end in found]


def _kept(texts: Sequence[str]) -> list[bool]:
    kept: list[bool] = []
    back: list[bool] = []
    quoting = False
    for text in texts:
        present, low = text_of(text)
        marks = text.count('"')
        keep = quoting or marks > 0 or (present, low) in _telling()
        quoting ^= marks % 2 == 1
        if not keep and _numbered(present, low):
            keep = bool(kept and kept[-1]) or not _people().isdisjoint(present)
        kept.append(keep)
        back.append(low.lstrip('" ').split(" ", 1)[0] in _referring())
    for k in range(len(kept) - 1, 0, -1):
        if kept[k] and back[k]:
            kept[k - 1] = True
    return kept
