"""Parquet: one row, one article, read a few rows at a time and only the columns that are needed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kg.ingest.made import ForeignError, make_record, values_of
from kg.ingest.packed import CHUNK, Source
from kg.ingest.values import FIELDS, Broken, Inputs, RecordError
from kg.model import Article

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

ROWS = 64  # in memory at a time


def read_parquet(source: Source | BinaryIO, path: str, name: str, inputs: Inputs) -> Iterator[Article | Broken]:
    """The articles and broken rows of a Parquet file; what comes packed or piped goes through a temporary file."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with tempfile.TemporaryFile() as room:
            table = ParquetFile(_seekable(source, room), pre_buffer=False, buffer_size=CHUNK)
            for batch in table.iter_batches(ROWS, columns=_columns(table, inputs), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _article(row, number, path, name, inputs)
    except RecordError as fault:
        yield Broken(path, None, str(fault))
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        place = number + 1 if number else None
        yield Broken(path, place, f"cannot be read as Parquet ({reason}); write the file again")


def _article(row: dict[str, Any], number: int, path: str, name: str, inputs: Inputs) -> Article | Broken:
    try:
        return make_record(values_of(row, inputs), file=name, position=number)
    except RecordError as fault:
        return Broken(path, number, str(fault), harmless=isinstance(fault, ForeignError))


def _seekable(source: Source | BinaryIO, room: Any) -> Any:
    if not isinstance(source, Source):
        return source
    shutil.copyfileobj(cast(BinaryIO, source), room, CHUNK)
    room.seek(0)
    return room


def _columns(table: ParquetFile, inputs: Inputs) -> list[str]:
    """The columns of the file that hold fields of ours."""
    names = table.schema_arrow.names
    wanted = [inputs.column(field) for field in FIELDS]
    found = [name if name in names else name.split(".")[0] for name in wanted]
    column = inputs.column("text")
    if column not in names and column.split(".")[0] not in names:
        listed = ", ".join(map(repr, names[:20]))
        raise RecordError(f"has no column {column!r}; it has {listed}: name one of them, as in --field text=body")
    return list(dict.fromkeys(name for name in found if name in names))
