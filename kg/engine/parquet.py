"""The flat records as Parquet, with a fixed schema (docs/scale.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROWS = 20_000  # of a row group
COLUMNS = {
    "id": "string",
    "article": "string",
    "start": "int32",
    "end": "int32",
    "words": "string",
    "kind": "string",
    "measure": "string",
    "status": "string",
    "low": "int64",
    "high": "int64",
    "vague": "string",
    "approx": "bool",
    "group": "string",
    "nationality": "string",
    "origin": "string",
    "via": "list<string>",
    "as_of": "string",
    "place": "string",
    "negated": "bool",
    "cause": "string",
    "rule": "string",
}
NEVER_NULL = ("id", "article", "start", "end", "words", "kind", "measure", "approx", "via", "negated", "rule")


def schema() -> Any:
    """The columns and their types; the names and order are those of `kg.records.FIELDS`."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "bool": pa.bool_(),
        "list<string>": pa.list_(pa.field("element", pa.string(), nullable=False)),
    }
    return pa.schema([pa.field(name, types[kind], nullable=name not in NEVER_NULL) for name, kind in COLUMNS.items()])


def write_claims(pieces: Iterable[bytes], path: Path) -> None:
    """Write the records of claims.jsonl, given in pieces that end with a line, in bounded memory."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, schema(), compression="zstd", store_schema=False) as writer:
        for lines in _batches(pieces):
            writer.write_table(_table(lines), row_group_size=ROWS)


def _table(lines: list[bytes]) -> Any:
    import pyarrow as pa
    from pyarrow import json

    data = b"\n".join(lines) + b"\n"
    parsing = json.ParseOptions(explicit_schema=schema(), unexpected_field_behavior="error")
    reading = json.ReadOptions(use_threads=False, block_size=len(data) + 1)
    return json.read_json(pa.BufferReader(data), reading, parsing).cast(schema())


def _batches(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = (line for piece in pieces for line in piece.split(b"\n") if line)
    while batch := list(islice(lines, ROWS)):
        yield batch
