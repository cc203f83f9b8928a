"""A build as tables: the flat claims, one row per figure, one row per step of a chain; columns are in `kg.columns`.

The build leaves them as Parquet, and every row keeps the words and offsets that it rests on. Here they are read, and
written as CSV with a description. The same build gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.cells import Row
from kg.columns import KEYS, TABLES, columns, schema
from kg.errors import OutputError
from kg.published import published

ROWS = 20_000  # of a row group


def read_table(build: Path, table: str) -> Any:
    """A table of a build, by pyarrow; raises OutputError where there is none, and where it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = published(build, f"{table}.parquet")
    try:
        return pq.read_table(path).cast(schema(table))
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise OutputError(f"{path}: is damaged ({reason}); run 'kg build' again") from error


def rows_of(build: Path, table: str) -> list[Row]:
    """The rows of a table of a build; days as text."""
    days = [column.name for column in columns(table) if column.type == "date"]
    rows: list[Row] = read_table(build, table).to_pylist()
    return [row | {name: row[name] and row[name].isoformat() for name in days} for row in rows]


def files(build: Path) -> dict[str, bytes]:
    """All tables of a build as Parquet and CSV, with their description as a Data Package; by file name."""
    found = {f"{name}.parquet": published(build, f"{name}.parquet").read_bytes() for name in TABLES}
    found |= {f"{name}.csv": to_csv(name, rows_of(build, name)) for name in TABLES}
    return found | {"datapackage.json": package()}


def arrow(table: str, rows: Iterable[Row]) -> Any:
    """The rows as a pyarrow table with the table's schema."""
    import pyarrow as pa

    days = [column.name for column in columns(table) if column.type == "date"]
    typed = [row | {name: _day(row[name]) for name in days} for row in rows]
    return pa.Table.from_pylist(typed, schema=schema(table))


def to_parquet(table: str, rows: Iterable[Row]) -> bytes:
    """The rows as Parquet, compressed with zstd."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, schema(table), compression="zstd", store_schema=False) as writer:
        writer.write_table(arrow(table, rows), row_group_size=ROWS)
    return buffer.getvalue()


def to_csv(table: str, rows: Iterable[Row]) -> bytes:
    """The rows as CSV: empty for null, `true` and `false`, lists joined by "; "."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = [column.name for column in columns(table)]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return buffer.getvalue().encode()


def package(tables: Mapping[str, str] | None = None) -> bytes:
    """The CSV files, by table, as a Data Package that frictionless and other tools read; default: those of `files`."""
    types = {"string": "string", "int32": "integer", "int64": "integer", "bool": "boolean", "date": "date"}
    resources = [
        {
            "name": name,
            "type": "table",
            "path": path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {
                        "name": column.name,
                        "type": types.get(column.type, "string"),
                        "description": column.description
                        + (' Several are joined by "; ".' if column.type == "list<string>" else ""),
                        **({"constraints": {"required": True}} if column.always and column.type in types else {}),
                    }
                    for column in columns(name)
                ],
                "primaryKey": list(KEYS[name]),
                "missingValues": [""],
            },
        }
        for name, path in (tables or {name: f"{name}.csv" for name in TABLES}).items()
    ]
    content = {"name": "conflict-claims", "title": "Contested numbers in war reporting", "resources": resources}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else value
