"""Which sentences of a block are worth parsing: those that may hold a claim, or tell something of one.

A sentence is read for a word of harm, of forces or of fighting, a number of people, quoted words, a stance, or
because the next one refers back to it; so is one with any number after one that is read, and one of the first five
with a name. What only says that somebody spoke, or is only quoted, is read beside a sentence that may hold a count.
Titles, headings, captions and the first paragraph are read in full. Sentences are told apart by their marks alone,
and in doubt not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.lexicon import data_file, read_table
from kg.mentions.cues import trigger_phrases
from kg.mentions.lexica import words_of
from kg.mentions.relevance import evidence
from kg.mentions.wordsets import Cues, cues, text_of
from kg.model import Block

Stretch = tuple[int, int]  # article offsets of sentences in a row

_END = re.compile(r"""(?:\b[a-z]{3,}|\b[A-Z][a-z]{4,}|[\d%)])(?:[.?!]"? +|[.?!]" )(?=["A-Z\d])""")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_NAME = re.compile(r"[a-z,] [A-Z][a-z]")
LEDE = 5  # sentences of the body in which the place of the main event is told ever more exactly
_DIGITS = re.compile(r"\d[\d.,]*")
_LISTS = (
    "agreement", "armed-people", "attack-noun", "attacker-noun", "captive", "casualty-topic", "combat",
    "conflict-cause", "deployment-noun", "deployment-topic", "disaster", "event", "faction-noun", "force-noun",
    "injury-noun", "insurgent-noun", "loss-noun", "movement-noun", "murder-noun", "operation", "remains",
    "responsibility", "state-force", "toll-noun", "treaty-topic", "troop-unit", "victims", "withdrawal-noun",
)  # fmt: skip
_SPEECH = ("concern", "document-noun", "media-noun", "reporting-form", "spokesperson")


@cache
def _telling() -> Cues:
    """What a sentence is read for by itself."""
    listed = {*trigger_phrases(), *(unit + "s" for unit in words_of("troop-unit"))}
    for name in _LISTS:
        listed |= words_of(name)
    for lemma in words_of("deny") | words_of("event") | words_of("agreement-verb") | words_of("decline"):
        listed |= {lemma, *_inflected(lemma)}
    persons = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    for row in persons:
        if row["role"] in ("fighter", "military"):
            listed |= {w for w in (row["singular"], *row["plural"].split("|")) if w}
    return cues(listed)


@cache
def _speech() -> Cues:
    """What a sentence is read for beside one that may hold a count."""
    verbs = read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"))
    return cues({w for r in verbs for w in (r["lemma"], *_inflected(r["lemma"]))}.union(*map(words_of, _SPEECH)))


def _inflected(lemma: str) -> set[str]:
    stem = lemma[:-1] if lemma[-1] in "ey" else lemma
    doubled = lemma + lemma[-1]
    return {lemma + "s", lemma + "es", stem + "ed", stem + "ies", stem + "ied", stem + "ing", lemma + "ing",
            doubled + "ed", doubled + "ing"}  # fmt: skip


@cache
def _people() -> frozenset[str]:
    persons = read_table(data_file("persons.tsv"), ("singular", "plural", "role", "example"))
    words = {w.split()[-1] for r in persons for w in (r["singular"], *r["plural"].split("|")) if w}
    return words_of("told-by-number") | words


@cache
def _numbers() -> frozenset[str]:
    rows = read_table(data_file("number_words.tsv"), ("word", "kind", "value", "example"))
    vague = read_table(data_file("vague_amounts.tsv"), ("words", "needs", "example"))
    words = {r["word"] for r in rows if r["kind"] != "suffix"} | {r["words"] for r in vague if " " not in r["words"]}
    return frozenset(words)


def _numbered(present: frozenset[str], low: str) -> bool:
    if not _numbers().isdisjoint(present):
        return True
    return any(not _YEAR.fullmatch(digits.rstrip(".,")) for digits in _DIGITS.findall(low))


@dataclass(slots=True)
class _Piece:
    """A sentence of a block, as far as its marks tell, and what speaks for reading it."""

    block: Block
    start: int
    end: int
    quoted: bool  # it holds quotation marks or stands between them
    telling: bool
    speech: bool
    evident: bool  # of harm or of forces, by itself
    numbered: bool
    people: bool
    refers: bool  # to the sentence before it
    whole: bool  # it is the whole block
    keep: bool = False


def stretches(masked: str, blocks: Sequence[Block], *, about: bool) -> dict[Block, list[Stretch]]:
    """The article offsets of what to parse of some blocks, sentences in a row together.

    `about` says whether the article is about the harm that it names. Of one that speaks of it in passing only the
    sentences that do are read, with the one before and those that go on.
    """
    opening = next((block for block in blocks if block.kind == "paragraph"), None)
    pieces = [p for block in blocks for p in _pieces(masked, block, whole=about and block is opening)]
    (_keep if about else _keep_few)(pieces)
    if about:
        for piece in [p for p in pieces if p.block.kind == "paragraph"][:LEDE]:
            piece.keep |= _NAME.search(masked, piece.start, piece.end) is not None
    found: dict[Block, list[Stretch]] = {block: [] for block in blocks}
    for piece in pieces:
        if piece.keep:
            rows = found[piece.block]
            if rows and rows[-1][1] == piece.start:
                rows[-1] = (rows[-1][0], piece.end)
            else:
                rows.append((piece.start, piece.end))
    return {b: [(start, start + len(masked[start:end].rstrip())) for start, end in rows] for b, rows in found.items()}


def _pieces(masked: str, block: Block, *, whole: bool) -> Iterator[_Piece]:
    whole = whole or block.kind != "paragraph"
    inner = [] if whole else [m.end() for m in _END.finditer(masked, block.start, block.end)]
    quoting = False
    for start, end in pairwise([block.start, *inner, block.end]):
        text = text_of(masked[start:end])
        marks = text[1].count('"')
        first = text[1].lstrip('" ').split(" ", 1)[0]
        yield _Piece(
            block,
            start,
            end,
            quoting or marks > 0,
            text in _telling(),
            text in _speech(),
            text in evidence(),
            _numbered(*text),
            not _people().isdisjoint(text[0]),
            first in words_of("back-reference"),
            whole,
        )
        quoting ^= marks % 2 == 1


def _keep(pieces: Sequence[_Piece]) -> None:
    """Mark what to read of an article about harm or forces."""
    before: _Piece | None = None
    for piece in pieces:
        same = before is not None and before.block is piece.block
        after_kept = same and before is not None and before.keep
        told = piece.quoted or piece.telling or piece.speech
        piece.keep = piece.whole or told or (piece.numbered and (after_kept or piece.people))
        before = piece
    counting = [p.keep and (p.whole or p.evident or (p.numbered and (p.people or p.telling))) for p in pieces]
    for k, piece in enumerate(pieces):
        if not piece.telling and not any(counting[max(0, k - 1) : k + 2]):
            piece.keep = False
    _keep_quotations(pieces)
    for before, piece in reversed(list(pairwise(pieces))):
        if piece.keep and piece.refers and before.block is piece.block:
            before.keep = True


def _keep_few(pieces: Sequence[_Piece]) -> None:
    """Mark what to read of an article that speaks of harm in passing."""
    for piece in pieces:
        piece.keep = piece.evident
    for before, piece in pairwise(pieces):
        if piece.evident:
            before.keep = True
    on = False  # whether the last sentence was one to go on from
    for before, piece in pairwise(pieces):
        on = before.evident or (on and before.numbered)
        if on and (piece.telling or piece.speech or piece.numbered):
            piece.keep = True
    _keep_quotations(pieces)


def _keep_quotations(pieces: Sequence[_Piece]) -> None:
    """A quotation is read with all of its sentences, or not at all."""
    for pair in (list(pairwise(pieces)), list(pairwise(reversed(pieces)))):
        for one, other in pair:
            if one.keep and one.quoted and other.quoted and one.block is other.block:
                other.keep = True
