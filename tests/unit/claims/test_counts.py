"""Every sentence of tests/cases/counts/ yields exactly the counts that its row expects.

A row with a `todo` names the phenomenon that is not solved yet: it must fail, so that the mark goes
when the phenomenon is solved.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

import kg
from kg.ingest import article_from_text
from kg.lexicon import read_table
from kg.records import Record, records
from tests.tables import CASES, PUBLISHED, parameters

TABLES = sorted((CASES / "counts").glob("*.tsv"))
COLUMNS = ("text", "expected", "note", "todo")
MEASURES = {"killed", "wounded", "killed_or_wounded", "missing", "captured", "casualties", "troops"}
STATUSES = {"planned", "deployed", "withdrawn"}
_COUNT = re.compile(r"(?P<denied>not )?(?P<measure>\w+)=(?P<amount>.+?)(?: (?P<status>planned|deployed|withdrawn))?")
_RANGE = re.compile(r"(?P<low>\d*)\.\.(?P<high>\d*)")


def written(record: Record) -> str:
    """A flat record in the notation of the tables."""
    low, high = record["low"], record["high"]
    if low is None and high is None:
        amount = str(record["vague"] or "?").removesuffix(" of")
    elif low == high:
        amount = str(low)
    else:
        amount = f"{'' if low is None else low}..{'' if high is None else high}"
    denied = "not " if record["negated"] else ""
    status = f" {record['status']}" if record["status"] else ""
    return f"{denied}{record['measure']}={amount}{status}"


def expected(cell: str) -> list[str]:
    """The counts of a cell, sorted; the word none stands for no count at all."""
    return [] if cell == "none" else sorted(part.strip() for part in cell.split(";"))


def found(text: str) -> list[str]:
    """The counts that the extractor reads out of a text, sorted; a literal \\n is a line break."""
    text = text.replace("\\n", "\n")
    article = article_from_text(text, published=PUBLISHED)
    return sorted(written(record) for record in records(kg.extract(text, published=PUBLISHED), article))


@pytest.mark.parametrize("row", parameters(TABLES, COLUMNS))
def test_a_text_yields_the_counts_of_its_row(row):
    assert found(row["text"]) == expected(row["expected"])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_table_is_written_in_its_notation(table):
    for row in read_table(table, COLUMNS, key=("text",)):
        for count in expected(row["expected"]):
            match = _COUNT.fullmatch(count)
            assert match, f"{row.where}: {count!r}"
            assert match["measure"] in MEASURES, f"{row.where}: {count!r}"
            assert (match["measure"] == "troops") == (match["status"] in STATUSES), f"{row.where}: {count!r}"
            bounds = _RANGE.fullmatch(match["amount"])
            assert bounds is None or bounds["low"] or bounds["high"], f"{row.where}: {count!r}"


def test_no_text_stands_in_two_tables():
    texts = Counter(row["text"] for table in TABLES for row in read_table(table, COLUMNS, key=("text",)))
    assert [text for text, times in texts.items() if times > 1] == []
