"""Every text of tests/cases/populations/ counts whom its row expects: group, allegiance and role of each count.

A row with a `todo` names the phenomenon that is not solved yet: it must fail, so that the mark goes
when the phenomenon is solved.
"""

from __future__ import annotations

from collections import Counter

import pytest

import kg
from kg.ingest import article_from_text
from kg.lexicon import read_table
from kg.model import Article, Claim
from kg.records import records
from tests.tables import CASES, PUBLISHED, parameters

TABLES = sorted((CASES / "populations").glob("*.tsv"))
COLUMNS = ("text", "expected", "note", "todo")
MEASURES = {"killed", "wounded", "killed_or_wounded", "missing", "captured", "casualties", "troops"}


def written(claim: Claim, article: Article) -> str | None:
    """A claim in the notation of the tables, or None where it has no flat record."""
    row = next(iter(records([claim], article)), None)
    if row is None:
        return None
    amount = row["low"] if row["low"] is not None else row["high"] if row["high"] is not None else row["vague"]
    parts = (
        f"{row['measure']}={'?' if amount is None else amount}",
        row["group"] or "-",
        row["nationality"] or "-",
        claim.population.role or "-",
    )
    return " | ".join(str(part) for part in parts)


def expected(cell: str) -> list[str]:
    """The counts of a cell, sorted."""
    return sorted(part.strip() for part in cell.split(";"))


def found(text: str) -> list[str]:
    """The counts of a text with those whom they count, sorted; a literal \\n is a line break."""
    text = text.replace("\\n", "\n")
    article = article_from_text(text, published=PUBLISHED)
    claims = kg.extract(text, published=PUBLISHED)
    return sorted(line for claim in claims if (line := written(claim, article)) is not None)


@pytest.mark.parametrize("row", parameters(TABLES, COLUMNS))
def test_a_text_counts_whom_its_row_says(row):
    assert found(row["text"]) == expected(row["expected"])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_table_is_written_in_its_notation(table):
    for row in read_table(table, COLUMNS, key=("text",)):
        for count in expected(row["expected"]):
            parts = [part.strip() for part in count.split("|")]
            assert len(parts) == 4, f"{row.where}: {count!r}"
            assert parts[0].partition("=")[0] in MEASURES, f"{row.where}: {count!r}"


def test_no_text_stands_in_two_tables():
    texts = Counter(row["text"] for table in TABLES for row in read_table(table, COLUMNS, key=("text",)))
    assert [text for text, times in texts.items() if times > 1] == []
