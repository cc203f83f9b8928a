"""What was found between claims → the rows of the table of figures, stored in pieces, in the order of their leads.

The cells of a lead were read off its article's graph when that was made (`kg.cells`), so that no graph is read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from kg.cells import Row
from kg.columns import columns
from kg.engine.facts import Facts, digest_of
from kg.engine.store import Store, pack
from kg.records import to_jsonl
from kg.relation_model import Entry, Figure

AT_ONCE = 500  # rows of a piece


def figures(
    store: Store, pages: Sequence[Facts], scopes: Sequence[Facts], found: Iterable[Figure]
) -> tuple[Facts, ...]:
    """The table of figures, in the store when this returns. Call it inside `writing`."""
    named: dict[str, list[str]] = {}
    of_page: dict[str, list[Figure]] = {}
    for figure in found:
        of_page.setdefault(figure.lead.article, []).append(figure)
        for entry in figure.entries:
            named.setdefault(entry.name, []).append(figure.name)
    joined = {figure.lead.name: dict[str, set[str]]() for leads in of_page.values() for figure in leads}
    for data in store.parts(scopes, "cells"):
        for name, one, other in json.loads(data):
            if one in joined:
                joined[one].setdefault(name, set()).update(named.get(other, ()))
    rows = chain.from_iterable(
        _of_page(of_page.get(page.article, []), data, joined)
        for page, data in zip(_with_cells(pages), store.parts(pages, "cells"), strict=True)
    )
    return tuple(_pieces(store, rows))


def _with_cells(pages: Sequence[Facts]) -> Iterator[Facts]:
    return (page for page in pages if "cells" in page.filled)


def _of_page(leads: list[Figure], data: bytes, joined: Mapping[str, Mapping[str, set[str]]]) -> Iterator[Row]:
    cells = {row["lead"]: row for row in json.loads(data)} if leads else {}
    for figure in sorted(leads, key=lambda figure: (figure.lead.start, figure.name)):
        yield _row(figure, cells, joined[figure.lead.name])


def _row(figure: Figure, cells: Mapping[str, Row], joined: Mapping[str, set[str]]) -> Row:
    lead = cells[figure.lead.name]
    inferred = any(voice.basis == "inferred" for voice in figure.voices)
    dated = next((e for e in (figure.lead, *figure.entries) if e.time), None)
    row: Row = {
        **lead,
        **(_time(dated, cells) if dated and dated is not figure.lead else {}),
        "id": figure.name,
        "measure": figure.lead.measure,
        "basis": ("inferred" if inferred else "stated") if figure.voices else None,
        "running_total": None if figure.running == "no" else figure.running,
        "origins": sorted({voice.name for voice in figure.voices}),
        "mentions": len(figure.entries),
        "articles": len({entry.article for entry in figure.entries}),
        **{name: sorted(joined.get(name, ())) for name in ("supersedes", "conflicts_with", "agrees_with")},
    }
    return {column.name: row[column.name] for column in columns("figures")}


def _time(entry: Entry, cells: Mapping[str, Row]) -> Row:
    """The time of the mention that has one, where the lead has none."""
    if entry.name in cells:
        return {name: cells[entry.name][name] for name in ("as_of", "earliest", "latest")}
    days = {"earliest": entry.begun or entry.earliest, "latest": entry.latest}
    return {"as_of": entry.edtf, **{name: day.isoformat() if day else None for name, day in days.items()}}


def _pieces(store: Store, rows: Iterator[Row]) -> Iterator[Facts]:
    while piece := list(islice(rows, AT_ONCE)):
        data = to_jsonl(piece)
        digest = digest_of(data)
        stored = pack(
            Facts(key=f"fig-{digest}", graph="", digest=digest, triples=0, vocabularies=()), {"records": data}
        )
        store.put(stored)
        yield stored.facts
