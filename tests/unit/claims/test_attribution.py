"""Every text of tests/cases/attribution/ gives each of its counts exactly the sources that its row says.

A row with a `todo` names what is not solved yet: it must fail, so that the mark goes when it is solved.
The notation is described in tests/cases/attribution/README.md.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest

import kg
from kg.lexicon import read_table
from kg.model import CasualtyClaim, Claim, DeploymentClaim, Link
from kg.records import named
from tests.tables import CASES, PUBLISHED, parameters, text_of

TABLES = sorted((CASES / "attribution").glob("*.tsv"))
COLUMNS = ("text", "expected", "note", "todo")
FLAGS = ("undisclosed", "described", "inferred")
_SOURCE = re.compile(r"(?P<words>.+?)(?: = (?P<name>.+?))?(?: \((?P<flags>[a-z][^()]*)\))?")  # "(NRB)" is no flag


@dataclass(frozen=True)
class Source:
    """One source of a count; `name` is compared only where a row gives it."""

    words: str
    name: str | None
    flags: frozenset[str]

    def __str__(self) -> str:
        name = f" = {self.name}" if self.name else ""
        flags = f" ({', '.join(sorted(self.flags))})" if self.flags else ""
        return f"{self.words}{name}{flags}"


@dataclass(frozen=True)
class Count:
    """The words of a number and its rungs from the page to the origin, each with its co-sources."""

    amount: str
    rungs: tuple[tuple[Source, ...], ...]

    def __str__(self) -> str:
        return " ← ".join([self.amount, *(" + ".join(map(str, rung)) for rung in self.rungs)])


def parsed(cell: str) -> list[Count]:
    """The counts of a cell, as they stand in the text."""
    return [] if cell == "none" else [_count(part.strip()) for part in cell.split(";")]


def _count(part: str) -> Count:
    amount, *rungs = [piece.strip() for piece in part.split("←")]
    return Count(amount, tuple(tuple(_source(words.strip()) for words in rung.split(" + ")) for rung in rungs))


def _source(words: str) -> Source:
    match = _SOURCE.fullmatch(words)
    assert match, words
    flags = frozenset(flag.strip() for flag in (match["flags"] or "").split(",") if flag.strip())
    return Source(match["words"], match["name"], flags)


def found(text: str) -> list[Count]:
    """The counts that the extractor reads out of a text, with their sources."""
    claims = kg.extract(text, published=PUBLISHED)
    return [_read(claim) for claim in claims if isinstance(claim, CasualtyClaim | DeploymentClaim) and claim.amount]


def _read(claim: Claim) -> Count:
    links = [link for link in claim.chain if link.role != "publisher"]
    rungs = [tuple(_link(link) for link in links if link.order == order) for order in sorted({k.order for k in links})]
    return Count(claim.amount.evidence.words, tuple(rungs))


def _link(link: Link) -> Source:
    flags = {link.disclosure} - {"named"}
    flags |= {"inferred"} if link.basis == "inferred" else set()
    flags |= {f"on {link.said_on.edtf}"} if link.said_on else set()
    words = link.agent.evidence.words if link.agent.evidence else named(link.agent)
    return Source(words, link.agent.actor.name, frozenset(flags))


def unnamed(count: Count, wanted: Count) -> Count:
    """A found count without the actors' names that its row does not give."""
    if [len(rung) for rung in count.rungs] != [len(rung) for rung in wanted.rungs]:
        return count
    rungs = tuple(
        tuple(Source(f.words, f.name if w.name else None, f.flags) for f, w in zip(rung, other, strict=True))
        for rung, other in zip(count.rungs, wanted.rungs, strict=True)
    )
    return Count(count.amount, rungs)


def compared(text: str, cell: str) -> tuple[list[str], list[str]]:
    """What a text yields and what its row expects, both in the notation of the tables."""
    wanted, counts = parsed(cell), found(text)
    if len(wanted) == len(counts):
        counts = [unnamed(count, want) for count, want in zip(counts, wanted, strict=True)]
    return [str(count) for count in counts], [str(count) for count in wanted]


@pytest.mark.parametrize("row", parameters(TABLES, COLUMNS))
def test_each_count_has_the_sources_of_its_row(row):
    counts, wanted = compared(text_of(row), row["expected"])
    assert counts == wanted


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_table_is_written_in_its_notation(table):
    for row in read_table(table, COLUMNS, key=("text",)):
        for count in parsed(row["expected"]):
            assert count.amount in row["text"], f"{row.where}: {count.amount!r}"
            for source in (source for rung in count.rungs for source in rung):
                assert source.words in row["text"], f"{row.where}: {source.words!r}"
                strange = {flag for flag in source.flags if flag not in FLAGS and not flag.startswith("on 20")}
                assert not strange, f"{row.where}: {strange}"


def test_no_text_stands_in_two_tables():
    texts = Counter(row["text"] for table in TABLES for row in read_table(table, COLUMNS))
    assert [text for text, times in texts.items() if times > 1] == []
