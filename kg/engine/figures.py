"""What was found between claims → the rows of the table of figures, stored in pieces, in the order of their leads.

The cells of a lead were read off its article's graph when that was made (`kg.cells`), so that no graph is read again.
Each graph of relations keeps the rows of its figures; only what joins them to figures of other graphs is added here.
Rows are sorted by SQLite, so that memory does not grow with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.cells import JOINS, Row
from kg.engine.facts import Facts, digest_of
from kg.engine.listing import RELATIONS, Listing
from kg.engine.sealed import pack
from kg.engine.store import Store
from kg.records import to_jsonl
from kg.relation_model import Entry, Figure

AT_ONCE = 500  # rows of a piece
TIMES = ("as_of", "earliest", "latest")
_SCHEMA = """
DROP TABLE IF EXISTS temp.row;
DROP TABLE IF EXISTS temp.named;
DROP TABLE IF EXISTS temp.joined;
CREATE TEMP TABLE row (
    article TEXT, start INTEGER, figure TEXT, lead TEXT, data TEXT, PRIMARY KEY (article, start, figure)
) WITHOUT ROWID;
CREATE TEMP TABLE named (claim TEXT, figure TEXT, PRIMARY KEY (claim, figure)) WITHOUT ROWID;
CREATE TEMP TABLE joined (one TEXT, name TEXT, other TEXT, PRIMARY KEY (one, name, other)) WITHOUT ROWID;
"""
_JOINED = """
SELECT DISTINCT name, figure FROM temp.joined JOIN temp.named ON claim = other WHERE one = ? ORDER BY name, figure
"""


Stored = tuple[str, int, str, str, str, list[str]]
"""Of a figure: article and offset of its lead, name, name of the lead, its row as JSON, and the claims counted in."""


def rows_of(listing: Listing, found: Sequence[Figure]) -> list[Stored]:
    """The rows of a graph's figures, without what joins them."""
    cells = {article: _cells(listing, article) for article in {figure.lead.article for figure in found}}
    rows = ((figure, to_jsonl([_row(figure, cells[figure.lead.article])]).decode()) for figure in found)
    return [(f.lead.article, f.lead.start, f.name, f.lead.name, row, [e.name for e in f.entries]) for f, row in rows]


def figures(listing: Listing) -> tuple[Facts, ...]:
    """The table of figures, in pieces that are in the store when this returns."""
    store = listing.store
    with store.told():
        store.database.executescript(_SCHEMA)
    with store.writing():
        graphs = map(json.loads, listing.part("cells", RELATIONS))
        while batch := list(islice(graphs, AT_ONCE)):
            _take(store, [row for joined, _ in batch for row in joined], [row for _, rows in batch for row in rows])
        return tuple(_pieces(store, _sorted(store)))


def _take(store: Store, joined: Sequence[Sequence[str]], rows: Sequence[Stored]) -> None:
    write = store.database.executemany
    write("INSERT OR IGNORE INTO temp.joined VALUES (?, ?, ?)", [(one, name, other) for name, one, other in joined])
    write("INSERT OR IGNORE INTO temp.row VALUES (?, ?, ?, ?, ?)", [row[:5] for row in rows])
    claims = [(claim, figure) for _, _, figure, _, _, counted in rows for claim in counted]
    write("INSERT OR IGNORE INTO temp.named VALUES (?, ?)", claims)


def _sorted(store: Store) -> Iterator[bytes]:
    """The rows as JSON, by article and offset of their leads, with the figures that relations join them to."""
    query = """
        SELECT data, lead, EXISTS (SELECT 1 FROM temp.joined WHERE one = lead) FROM temp.row
        ORDER BY article, start, figure
    """
    for data, lead, is_joined in store.database.execute(query):
        row: dict[str, list[str]] = {name: [] for name in JOINS}
        for name, figure in store.database.execute(_JOINED, (lead,)) if is_joined else ():
            row[name].append(figure)
        # The row as it was written without its end, "}" and a line break; then the joins.
        yield f"{data[:-2]}, {json.dumps(row)[1:]}\n".encode()


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


def _pieces(store: Store, rows: Iterator[bytes]) -> Iterator[Facts]:
    while piece := list(islice(rows, AT_ONCE)):
        data = b"".join(piece)
        digest = digest_of(data)
        key = f"fig-{digest}"
        facts = store.facts(key)
        if facts is None:
            made = Facts(key=key, graph="", digest=digest, triples=0, vocabularies=())
            stored = pack(made, {"records": data})
            store.put(stored)
            facts = stored.facts
        yield facts
