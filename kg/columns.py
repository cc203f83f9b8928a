"""The columns of the tables that a build can be had as: names, types and what they say, out of one file.

The same list makes the Parquet schema, the description beside the CSV files and the page of documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import LexiconError
from kg.paths import package_data

FILE = "tables.tsv"
TABLES = ("claims", "figures", "attribution")
ALL = (*TABLES, "ucdp")
TYPES = ("string", "int32", "int64", "bool", "date", "list<string>")
KEYS = {"claims": ("id",), "figures": ("id",), "attribution": ("claim", "step", "role", "agent"), "ucdp": ("relid",)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `always` says that it is never null."""

    name: str
    type: str  # one of TYPES
    always: bool
    description: str


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order; raises LexiconError for a table that there is not."""
    if table not in ALL:
        raise LexiconError(f"there is no table {table!r}; there are {', '.join(ALL)}")
    heading, *lines = (package_data() / FILE).read_text(encoding="utf-8").splitlines()
    found = [Column(*_cells(number, line)) for number, line in enumerate(lines, 2) if line.startswith(f"{table}\t")]
    if heading.split("\t") != ["table", "column", "type", "always", "description"] or not found:
        raise LexiconError(f"{FILE}:1: the heading or a table is missing")
    return tuple(found)


@cache
def schema(table: str) -> Any:
    """The table's pyarrow schema: names, types, and which columns are never null."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "list<string>": pa.list_(pa.field("element", pa.string(), nullable=False)),
    }
    return pa.schema([pa.field(c.name, types[c.type], nullable=not c.always) for c in columns(table)])


def _cells(number: int, line: str) -> tuple[str, str, bool, str]:
    cells = line.split("\t")
    if len(cells) != 5 or cells[2] not in TYPES or cells[3] not in ("yes", "no"):
        raise LexiconError(f"{FILE}:{number}: is no table, column, type, yes or no, description")
    return cells[1], cells[2], cells[3] == "yes", cells[4]
