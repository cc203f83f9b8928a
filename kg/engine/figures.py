"""What was found between claims → the rows of the table of figures, stored in pieces, in the order of their leads.

The cells of a lead were read off its article's graph when that was made (`kg.cells`), so that no graph is read again.
Each graph of relations keeps the rows of its figures; only what joins them to figures of other graphs is added here.
Rows are sorted by SQLite, so that memory does not grow with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from kg.cells import JOINS, Row
from kg.columns import columns
from kg.engine.facts import Facts, digest_of
from kg.engine.listing import RELATIONS, Listing
from kg.engine.store import Store, pack
from kg.records import to_jsonl
from kg.relation_model import Entry, Figure

AT_ONCE = 500  # rows of a piece
TIMES = ("as_of", "earliest", "latest")
_SCHEMA = """
DROP TABLE IF EXISTS temp.row;
DROP TABLE IF EXISTS temp.named;
DROP TABLE IF EXISTS temp.joined;
CREATE TEMP TABLE row (article TEXT, start INTEGER, figure TEXT, data TEXT, PRIMARY KEY (article, start, figure))
WITHOUT ROWID;
CREATE TEMP TABLE named (claim TEXT, figure TEXT, PRIMARY KEY (claim, figure)) WITHOUT ROWID;
CREATE TEMP TABLE joined (one TEXT, name TEXT, other TEXT, PRIMARY KEY (one, name, other)) WITHOUT ROWID;
"""
_JOINED = """
SELECT DISTINCT name, figure FROM temp.joined JOIN temp.named ON claim = other WHERE one = ? ORDER BY name, figure
"""


def rows_of(listing: Listing, found: Sequence[Figure]) -> list[tuple[str, int, Row, list[str]]]:
    """The rows of a graph's figures without what joins them: article and offset of the lead, row, claims counted in."""
    cells = {article: _cells(listing, article) for article in {figure.lead.article for figure in found}}
    return [
        (figure.lead.article, figure.lead.start, _row(figure, cells[figure.lead.article]), _counted(figure))
        for figure in found
    ]


def _counted(figure: Figure) -> list[str]:
    return [entry.name for entry in figure.entries]


def figures(listing: Listing) -> tuple[Facts, ...]:
    """The table of figures, in pieces that are in the store when this returns."""
    store = listing.store
    with store.told():
        store.database.executescript(_SCHEMA)
    with store.writing():
        for data in listing.part("cells", RELATIONS):
            joined, rows = json.loads(data)
            _take(store, joined, rows)
        return tuple(_pieces(store, _sorted(store)))


def _take(store: Store, joined: Sequence[Sequence[str]], rows: Sequence[Sequence[Any]]) -> None:
    write = store.database.executemany
    write("INSERT OR IGNORE INTO temp.joined VALUES (?, ?, ?)", [(one, name, other) for name, one, other in joined])
    listed = [(article, start, row["id"], json.dumps(row)) for article, start, row, _ in rows]
    write("INSERT OR IGNORE INTO temp.row VALUES (?, ?, ?, ?)", listed)
    claims = [(claim, row["id"]) for _, _, row, counted in rows for claim in counted]
    write("INSERT OR IGNORE INTO temp.named VALUES (?, ?)", claims)


def _sorted(store: Store) -> Iterator[Row]:
    """The rows by article and offset of their leads, with the figures that relations join them to."""
    names = [column.name for column in columns("figures")]
    query = "SELECT data FROM temp.row ORDER BY article, start, figure"
    for (data,) in store.database.execute(query):
        row: Row = json.loads(data) | {name: [] for name in JOINS}
        for name, figure in store.database.execute(_JOINED, (row["lead"],)):
            row[name].append(figure)
        yield {name: row[name] for name in names}


def _cells(listing: Listing, article: str) -> dict[str, Row]:
    page = listing.article(article)
    if page is None:
        raise KeyError(article)
    return {row["lead"]: row for row in json.loads(listing.store.part(page, "cells"))}


def _row(figure: Figure, cells: dict[str, Row]) -> Row:
    dated = dated_by(figure)
    return {**cells[figure.lead.name], **(time_of(dated, cells.get(dated.name)) if dated else {}), **told_of(figure)}


def dated_by(figure: Figure) -> Entry | None:
    """The mention whose time is the figure's, where that is not the lead."""
    dated = next((e for e in (figure.lead, *figure.entries) if e.time), None)
    return None if dated is figure.lead else dated


def time_of(entry: Entry, cells: Row | None) -> Row:
    """The time of a mention: as its article's graph gives it, if that is at hand."""
    if cells is not None:
        return {name: cells[name] for name in TIMES}
    days = (entry.begun or entry.earliest, entry.latest)
    return dict(zip(TIMES, (entry.edtf, *(day.isoformat() if day else None for day in days)), strict=True))


def told_of(figure: Figure) -> Row:
    """What a figure gives to its row beside what its lead does."""
    inferred = any(voice.basis == "inferred" for voice in figure.voices)
    return {
        "id": figure.name,
        "measure": figure.lead.measure,
        "basis": ("inferred" if inferred else "stated") if figure.voices else None,
        "running_total": None if figure.running == "no" else figure.running,
        "origins": sorted({voice.name for voice in figure.voices}),
        "mentions": len(figure.entries),
        "articles": len({entry.article for entry in figure.entries}),
    }


def _pieces(store: Store, rows: Iterator[Row]) -> Iterator[Facts]:
    while piece := list(islice(rows, AT_ONCE)):
        data = to_jsonl(piece)
        digest = digest_of(data)
        stored = pack(
            Facts(key=f"fig-{digest}", graph="", digest=digest, triples=0, vocabularies=()), {"records": data}
        )
        store.put(stored)
        yield stored.facts
