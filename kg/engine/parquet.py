"""Rows as Parquet, with the fixed schemas of `kg.columns`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.columns import columns, schema

ROWS = 20_000  # of a row group
COLUMNS = {column.name: column.type for column in columns("claims")}


def write_table(table: str, pieces: Iterable[bytes], path: Path) -> None:
    """Write rows, given as JSON Lines in pieces that end with a line, in bounded memory."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, schema(table), compression="zstd", store_schema=False) as writer:
        for lines in _batches(pieces):
            writer.write_table(_table(table, lines), row_group_size=ROWS)


def _table(table: str, lines: list[bytes]) -> Any:
    import pyarrow as pa
    from pyarrow import json

    data = b"\n".join(lines) + b"\n"
    wanted = schema(table)
    parsing = json.ParseOptions(explicit_schema=_parsed(wanted), unexpected_field_behavior="error")
    reading = json.ReadOptions(use_threads=False, block_size=len(data) + 1)
    return json.read_json(pa.BufferReader(data), reading, parsing).cast(wanted)


def _parsed(wanted: Any) -> Any:
    """The schema with days as text, for pyarrow's reader of JSON knows no days."""
    import pyarrow as pa

    return pa.schema([field.with_type(pa.string()) if field.type == pa.date32() else field for field in wanted])


def _batches(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = (line for piece in pieces for line in piece.split(b"\n") if line)
    while batch := list(islice(lines, ROWS)):
        yield batch
