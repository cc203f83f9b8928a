"""Tables of cases as pytest parameters: a row with a `todo` must fail, so that the mark goes when it is solved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.lexicon import Row, read_table

CASES = Path(__file__).resolve().parent / "cases"
PUBLISHED = "2024-05-05"  # the day, a Sunday, on which the texts of all tables are published


def parameters(tables: Iterable[Path], columns: tuple[str, ...]) -> list:
    """One parameter a row, under its table's name and the begin of its text."""
    return [
        pytest.param(row, id=f"{table.stem}-{row['text'][:60]}", marks=_marks(row))
        for table in sorted(tables)
        for row in read_table(table, columns, key=("text",))
    ]


def text_of(row: Row) -> str:
    """The text of a row; a literal \\n in a table is a line break."""
    return row["text"].replace("\\n", "\n")


def _marks(row: Row) -> list:
    return [pytest.mark.xfail(strict=True, reason=row["todo"])] if row["todo"] else []
