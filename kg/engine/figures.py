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
from kg.engine.facts import Facts, digest_of
from kg.engine.listing import RELATIONS, Listing
from kg.engine.sealed import pack
from kg.engine.store import Store
from kg.records import to_jsonl
from kg.relation_model import Entry, Figure

AT_ONCE = 500  # rows of a piece
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
    listed = [(article, start, row["id"], row["lead"], to_jsonl([row])) for article, start, row, _ in rows]
    write("INSERT OR IGNORE INTO temp.row VALUES (?, ?, ?, ?, ?)", listed)
    claims = [(claim, row["id"]) for _, _, row, counted in rows for claim in counted]
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
        yield data[:-2] + b", " + to_jsonl([row])[1:]


def _cells(listing: Listing, article: str) -> dict[str, Row]:
    page = listing.article(article)
    if page is None:
        raise KeyError(article)
    return {row["lead"]: row for row in json.loads(listing.store.part(page, "cells"))}


def _row(figure: Figure, cells: dict[str, Row]) -> Row:
    inferred = any(voice.basis == "inferred" for voice in figure.voices)
    dated = next((e for e in (figure.lead, *figure.entries) if e.time), None)
    return {
        **cells[figure.lead.name],
        **(_time(dated, cells) if dated and dated is not figure.lead else {}),
        "id": figure.name,
        "measure": figure.lead.measure,
        "basis": ("inferred" if inferred else "stated") if figure.voices else None,
        "running_total": None if figure.running == "no" else figure.running,
        "origins": sorted({voice.name for voice in figure.voices}),
        "mentions": len(figure.entries),
        "articles": len({entry.article for entry in figure.entries}),
    }


def _time(entry: Entry, cells: dict[str, Row]) -> Row:
    """The time of the mention that has one, where the lead has none."""
    if entry.name in cells:
        return {name: cells[entry.name][name] for name in ("as_of", "earliest", "latest")}
    days = {"earliest": entry.begun or entry.earliest, "latest": entry.latest}
    return {"as_of": entry.edtf, **{name: day.isoformat() if day else None for name, day in days.items()}}


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
