"""The flat records as Parquet, with a fixed schema (docs/scale.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.columns import columns
from kg.columns import schema as columns_schema

ROWS = 20_000  # of a row group
COLUMNS = {column.name: column.type for column in columns("claims")}


def schema() -> Any:
    """The columns and their types, as `kg.columns` lists them."""
    return columns_schema("claims")


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
