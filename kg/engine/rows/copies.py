"""Rows with signatures of texts → rows with copies of one text; what is decided is `kg.copies`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.copies import THRESHOLD, Copies, bound, joined, similarity
from kg.engine.rows.frames import given, handed_on
from kg.graph.copies import copy_nquads, scope
from kg.iri import relations_iri

if TYPE_CHECKING:
    from pandas import DataFrame

PAIRS = "one string, other string, binds boolean"
SIMILAR = "one string, other string"
COPIES = "article string, first string, graph string, place string, data binary"


def pairs(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The articles of bands, band after band, each in its order → pairs of them that may bear on one another."""
    rows = given(frames, "band", "lasting", "article", "day")
    return handed_on((pair for members, lasting in _groups(rows) for pair in bound(_days(members), lasting)), PAIRS)


def similar(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """Pairs with the signatures of both → those of one text."""
    rows = given(frames, "one", "other", "a", "b")
    return handed_on(((one, other) for one, other, a, b in rows if similarity(a, b) >= THRESHOLD), SIMILAR)


def copied(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """Sets of articles that hang together, one after another, each in its order → copies, and what the graph says."""
    rows = given(frames, "label", "lasting", "article", "day", "signature")
    return handed_on((_copy(*pair) for members, lasting in _groups(rows) for pair in _joined(members, lasting)), COPIES)


def _joined(members: Iterable[tuple[Any, ...]], lasting: bool) -> Iterator[tuple[str, str]]:
    return joined(((article, _day(day), bytes(data)) for article, day, data in members), lasting)


def _copy(article: str, first: str) -> tuple[str, str, str, str, bytes]:
    text = Copies(first, (article,))
    return article, first, relations_iri(scope(text)), scope(text), copy_nquads(text)


def _groups(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Iterator[tuple[Any, ...]], bool]]:
    """The members of each group, and whether one of them has no day."""
    for (_, lasting), members in groupby(rows, key=itemgetter(0, 1)):
        yield (row[2:] for row in members), bool(lasting)


def _days(members: Iterable[tuple[str, str]]) -> Iterator[tuple[str, date | None]]:
    return ((article, _day(day)) for article, day in members)


def _day(day: str) -> date | None:
    return date.fromisoformat(day) if day else None
