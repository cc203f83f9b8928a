"""Rows in frames, as Spark hands them to our processes and takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS = 500  # that are handed on together

Rows = Iterable[tuple[Any, ...]]


def columns_of(schema: str) -> tuple[str, ...]:
    """The names of a schema's columns.

    >>> columns_of("article string, days array<date>")
    ('article', 'days')
    """
    return tuple(column.split()[0] for column in schema.split(","))


def frame(rows: Rows, schema: str) -> DataFrame:
    """The rows as one frame."""
    import pandas as pd

    return pd.DataFrame.from_records(list(rows), columns=list(columns_of(schema))).astype(object)


def handed_on(rows: Rows, schema: str, most: int = ROWS) -> Iterator[DataFrame]:
    """The rows in frames of at most so many."""
    given = iter(rows)
    while batch := list(islice(given, most)):
        yield frame(batch, schema)


def plain(value: Any) -> Any:
    """A cell as plain Python: what a frame has for nothing is None."""
    return None if value is None or value != value else value


def given(frames: Iterable[DataFrame], *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of all frames, as the values of some columns."""
    for one in frames:
        yield from zip(*(one[column] for column in columns), strict=True)
