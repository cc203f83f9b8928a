"""Rows with figures and the cells of their leads → rows of the table of figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.cells import joins
from kg.engine.figures import TIMES
from kg.engine.rows.frames import given, handed_on, plain

if TYPE_CHECKING:
    from pandas import DataFrame

CELLS = "claim string, cells string"
JOINED = "name string, one string, other string"
FIGURES = "article string, start int, lead string, figure string"


def claim_cells(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What each article's claims give to the row of a figure → a row for each claim."""
    claims = (row for (cells,) in given(frames, "cells") for row in json.loads(cells))
    return handed_on(((row["lead"], json.dumps(row, ensure_ascii=False)) for row in claims), CELLS)


def joined_claims(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What was found → the claims that it joins (`kg.cells.joins`)."""
    return handed_on((row for (data,) in given(frames, "data") for row in joins(data)), JOINED)


def figure_rows(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """Figures with the cells of the lead and of the mention with their time → their rows, but for what joins them."""
    return handed_on(map(_row, given(frames, "figure", "cells", "dated_cells")), FIGURES)


def _row(told_by: tuple[Any, ...]) -> tuple[str, int, str, str]:
    figure, lead, dated = told_by
    told, cells = json.loads(figure), plain(dated)
    time = {name: value for name, value in json.loads(cells).items() if name in TIMES} if cells else told["time"]
    row = {**json.loads(lead), **time, **told["own"]}
    return told["article"], told["start"], told["lead"], json.dumps(row, ensure_ascii=False)
