"""Document → Reading: the parsed sentences and everything that was found in them by surface form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from kg.gazetteer import NameHit, gazetteer
from kg.language import foreign_language
from kg.mentions.amounts import find_amounts, find_percents
from kg.mentions.datelines import written_on
from kg.mentions.dates import DateHit, find_dates
from kg.mentions.factions import with_factions
from kg.mentions.hemisphere import is_southern, lands_of
from kg.mentions.relevance import common_words, relevant_blocks
from kg.mentions.selection import stretches
from kg.model import Amount, Block, Document, Drop, Evidence
from kg.nlp import Sentence, parse

Hit = TypeVar("Hit")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the claim rules read: sentences, amounts, percentages, dates and names, each in order.

    The look-ups by offset answer with the hit that covers it, or None.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    amounts: tuple[Amount, ...] = ()
    percents: tuple[tuple[Evidence, float], ...] = ()
    dates: tuple[DateHit, ...] = ()
    names: tuple[NameHit, ...] = ()
    people: frozenset[str] = frozenset()  # words of the names that the model takes for people, in lower case
    foreign: tuple[Drop, ...] = ()  # the blocks that are not English, or the article that is not read
    _covered: dict[str, Any] = field(default_factory=dict)  # what is looked up time and again

    def before(self, offset: int) -> tuple[Sentence, ...]:
        """The sentences that begin before an article offset."""
        starts = self.once("starts", lambda: [sentence.start for sentence in self.sentences])
        return self.sentences[: bisect_left(starts, offset)]

    def paragraph(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of the block that a sentence stands in, in order."""
        return self.once("paragraphs", self._paragraphs)[sentence.block.start]

    def _paragraphs(self) -> dict[int, tuple[Sentence, ...]]:
        runs = groupby(self.sentences, key=lambda sentence: sentence.block.start)
        return {start: tuple(run) for start, run in runs}

    def amounts_in(self, sentence: Sentence) -> list[Amount]:
        """The amounts that stand inside a sentence."""
        known = self._covered.setdefault("amounts in", {}).get(sentence.start)
        if known is None or known[0] != sentence.end:
            start, end = sentence.start, sentence.end
            inside = [a for a in self.amounts if start <= a.evidence.start and a.evidence.end <= end]
            known = self._covered["amounts in"][start] = (end, inside)
        return list(known[1])

    def dates_in(self, sentence: Sentence) -> list[DateHit]:
        """The dates that stand inside a sentence."""
        known = self._covered.setdefault("dates in", {}).get(sentence.start)
        if known is None or known[0] != sentence.end:
            start, end = sentence.start, sentence.end
            known = self._covered["dates in"][start] = (
                end,
                [d for d in self.dates if start <= d.start and d.end <= end],
            )
        return list(known[1])

    def names_in(self, start: int, end: int) -> list[NameHit]:
        """The names that stand inside the article offsets `start` to `end`."""
        return [n for n in self.names if start <= n.start and n.end <= end]

    def amount_at(self, offset: int) -> Amount | None:
        """The amount that covers an article offset."""
        known: Mapping[int, Amount] | None = self._covered.get("amounts")
        if known is None:
            spans = [(a.evidence.start, a.evidence.end, a) for a in self.amounts]
            known = self._covered["amounts"] = _by_offset(spans)
        return known.get(offset)

    def name_at(self, offset: int) -> NameHit | None:
        """The name that covers an article offset."""
        return self.named().get(offset)

    def named(self) -> Mapping[int, NameHit]:
        """Each article offset that a name covers, with the name."""
        known: Mapping[int, NameHit] | None = self._covered.get("names")
        if known is None:
            known = self._covered["names"] = _by_offset([(n.start, n.end, n) for n in self.names])
        return known

    def is_date(self, offset: int) -> bool:
        """Whether an article offset stands inside a date."""
        return offset in self.dated()

    def dated(self) -> Mapping[int, DateHit]:
        """Each article offset that a date covers, with the date."""
        known: Mapping[int, DateHit] | None = self._covered.get("dates")
        if known is None:
            known = self._covered["dates"] = _by_offset([(d.start, d.end, d) for d in self.dates])
        return known

    def once(self, name: str, make: Callable[[], Hit]) -> Hit:
        """What `make` gives, made when it is first asked for under this name."""
        if name not in self._covered:
            self._covered[name] = make()
        found: Hit = self._covered[name]
        return found

    def evidence(self, sentence: Sentence, first: int, last: int) -> Evidence:
        """The article's words from token `first` to token `last` of a sentence, inclusive."""
        return self.document.evidence(sentence.tokens[first].start, sentence.tokens[last].end)


def _by_offset(spans: Sequence[tuple[int, int, Hit]]) -> dict[int, Hit]:
    """Each offset that something covers; of two that overlap, what begins later counts."""
    covered: dict[int, Hit] = {}
    for k, (start, end, what) in enumerate(spans):
        last = min(end, spans[k + 1][0]) if k + 1 < len(spans) else end
        for offset in range(start, last):
            covered[offset] = what
    return covered


EARLIEST_YEAR = 1800  # "1639 UTC" is no year
_DECIMAL = re.compile(
    r"\d\.\d+(?!\s*(?:million|thousand|billion|[mk]\b))", re.IGNORECASE
)  # 5.0 is a measure, not a count


def read(document: Document) -> Reading:
    """The reading of a document: blocks that may hold a claim are parsed, all are searched for names and dates.

    Of an article that speaks of harm in passing, no other blocks are searched. Where no block may hold a claim,
    nothing is read, and a drop says so.
    """
    blocks, foreign = _english(document)
    worth, about = relevant_blocks(document)
    relevant = [block for block in worth if block in blocks]
    if not relevant:
        return Reading(document, (), foreign=(*foreign, *_passed_over(document, blocks)))
    parts = stretches(document.masked, relevant, about=about)
    foreign = (*foreign, *_left_out(document, parts))
    relevant = [block for block in relevant if parts[block]]
    anchor = written_on(document.article)
    text = document.masked if about else _alone(document.masked, relevant)
    names = with_factions(text, tuple(gazetteer().find_names(text)))
    sentences = tuple(parse(document, relevant, common_words(), parts.__getitem__))
    amounts: list[Amount] = []
    percents: list[tuple[Evidence, float]] = []
    dates: list[DateHit] = []
    lands = lands_of(names)
    for block in blocks if about else relevant:
        previous, southern = dates[-1].time if dates else None, is_southern(lands, block.start, block.end)
        found = find_dates(document, block.start, block.end, anchor, previous, southern=southern)
        dates.extend(hit for hit in found if hit.time.earliest is None or hit.time.earliest.year >= EARLIEST_YEAR)
        for start, end in parts.get(block, ()):
            amounts.extend(find_amounts(document, start, end))
            percents.extend(find_percents(document, start, end))
    dates = [hit for hit in dates if not _in_person(sentences, hit)]
    inside_dates = [(d.start, d.end) for d in dates]
    kept = tuple(
        a
        for a in amounts
        if not _DECIMAL.search(a.evidence.words)
        and not any(a.evidence.start < end and start < a.evidence.end for start, end in inside_dates)
    )
    return Reading(document, sentences, kept, tuple(percents), tuple(dates), names, _people(sentences), foreign)


def _alone(text: str, blocks: Sequence[Block]) -> str:
    """The text with everything outside of some blocks made blank, of the same length."""
    letters, at = [], 0
    for block in blocks:
        letters += [" " * (block.start - at), text[block.start : block.end], "\n"]
        at = block.end + 1
    return "".join(letters)


def _passed_over(document: Document, blocks: Sequence[Block]) -> tuple[Drop, ...]:
    """The drop of an article that is not read, at its first words; none where all of it is foreign or a footer."""
    for block in blocks:
        if block.kind != "footer":
            words = document.evidence(block.start, block.end)
            reason = "Names no harm to people and no armed force: the article is not read."
            return (Drop(article=document.article.id, evidence=words, stage="mentions", reason=reason),)
    return ()


def _left_out(document: Document, parts: Mapping[Block, Sequence[tuple[int, int]]]) -> tuple[Drop, ...]:
    """The drop of the passages of an article that are not parsed, at the words of the first; none where all are."""
    left: list[tuple[int, int]] = []
    for block, kept in parts.items():
        ends = [block.start, *(end for _, end in kept)]
        starts = [*(start for start, _ in kept), block.end]
        left += [span for span in zip(ends, starts, strict=True) if document.masked[slice(*span)].strip()]
    if not left:
        return ()
    start, end = left[0]
    words = document.masked[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    more = f" So is it with {len(left) - 1} more." if len(left) > 1 else ""
    reason = f"Tells of no harm, forces or number of people, nor of a source beside them: it is not read.{more}"
    evidence = document.evidence(start, end)
    return (Drop(article=document.article.id, evidence=evidence, stage="mentions", reason=reason),)


def _english(document: Document) -> tuple[tuple[Block, ...], tuple[Drop, ...]]:
    """The blocks that are read, and a drop for each that is in another language."""
    kept, dropped = [], []
    for block in document.blocks:
        language = foreign_language(document.masked[block.start : block.end])
        if language is None:
            kept.append(block)
            continue
        reason = f"Not English (language code {language}): only English is read."
        words = document.evidence(block.start, block.end)
        dropped.append(Drop(article=document.article.id, evidence=words, stage="mentions", reason=reason))
    return tuple(kept), tuple(dropped)


def _in_person(sentences: tuple[Sentence, ...], hit: DateHit) -> bool:
    """Whether a weekday or month without a number is part of somebody's name: "Sunday Okoro", "Joe Friday"."""
    words = hit.time.evidence.words if hit.time.evidence else ""
    if any(letter.isdigit() for letter in words):
        return False
    for sentence in sentences:
        if sentence.start <= hit.start and hit.end <= sentence.end:
            tokens = sentence.between(hit.start, hit.end)
            around = [t for t in sentence.tokens if tokens[0].i - 1 <= t.i <= tokens[-1].i + 1 and t not in tokens]
            person = len(tokens) == 1 and tokens[0].ent == "PERSON"
            return person and any(t.ent == "PERSON" and t.pos == "PROPN" for t in around)
    return False


def _people(sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """Surnames: the last words of names of at least two words."""
    found: set[str] = set()
    for sentence in sentences:
        for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False):
            if before.ent == token.ent == "PERSON" and token.pos == "PROPN" and before.pos == "PROPN":
                found.add(token.lower)
    return frozenset(found)
