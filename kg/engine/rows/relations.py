"""Rows with what the articles say → rows with what is found between their claims.

A row has a kind: a `NUMBER` or `GROUP` on its way to those of its key, or something `FOUND`.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.engine.figures import dated_by, time_of, told_of
from kg.engine.rows.frames import frame, given, handed_on, plain
from kg.errors import KgError
from kg.graph.relations import by_scope, scope_nquads
from kg.iri import relations_iri
from kg.relation_model import Derived, Figure, Relation, Relations
from kg.relations import items, settled
from kg.relations.stages import Found, across, join, read
from kg.relations.stored import from_bytes
from kg.vocab import axioms, code, shortcuts

if TYPE_CHECKING:
    from pandas import DataFrame

NUMBER, GROUP, FOUND = "number", "group", "found"
# `place` of something found is its scope; `figure` is what it gives to the table of figures, as JSON (`TOLD`).
RELATED = "kind string, key string, place string, graph string, data binary, figure string"
TOLD = "article string, start int, lead string, dated string, counted array<string>"


def related_alone(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The entries of articles, a page a row, and the first article with its text → what each yields alone."""
    pages = (
        tuple(replace(entry, original=plain(original)) for entry in from_bytes(data.encode()))
        for data, original in given(frames, "entries", "original")
    )
    return handed_on((_row(found) for page in pages for found in read(page)), RELATED)


def related_by_number(rows: DataFrame) -> DataFrame:
    """The mentions of one number → their figures, and what those yield."""
    ordered = rows.sort_values("place", kind="stable")
    return frame((_row(found) for found in join(map(pickle.loads, ordered["data"]))), RELATED)


def related_by_group(key: tuple[Any, ...], frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The items of one group, which come in their order in frames of bounded size → what is found across them."""
    found: Iterable[Relation | Derived] = across(str(key[0]), _in_order(frames))
    if items.parts_of(str(key[0]))[0] == items.ARTICLE:
        within = settled(found)
        found = (*within.relations, *within.derived)
        yield frame(_followed(within.relations), RELATED)
    yield from handed_on(map(_row, found), RELATED)


def _in_order(frames: Iterable[DataFrame]) -> Iterator[object]:
    last = ""
    for place, data in given(frames, "place", "data"):
        if place < last:
            raise KgError("the items of a group did not come in their order; please report this")
        last = place
        yield pickle.loads(data)  # noqa: S301 - written by the step before in the same build


def _row(found: Found) -> tuple[Any, ...]:
    if isinstance(found, items.Item):
        kind = NUMBER if found.sort == items.NUMBER else GROUP
        return kind, found.key, found.order, "", pickle.dumps(found.value, protocol=5), ""
    match found:
        case Figure():
            return _found(["figure", found.name], Relations((found,), (), ()), _told(found))
        case Relation():
            name = ["relation", found.type, found.rule, found.source, *found.targets]
            return _found(name, Relations((), (found,), ()))
        case Derived():
            name = ["derived claim", found.rule, found.label, *found.premises]
            return _found(name, Relations((), (), (found,)))


def _told(figure: Figure) -> str:
    """What a figure gives to its row of the table; its lead, and the mention with its time, give the rest."""
    lead, dated = figure.lead, dated_by(figure)
    told = {
        "article": lead.article,
        "start": lead.start,
        "lead": lead.name,
        "dated": dated.name if dated and dated.article == lead.article else None,
        "time": time_of(dated, None) if dated else {},
        "own": told_of(figure),
        "counted": [entry.name for entry in figure.entries],
    }
    return json.dumps(told, ensure_ascii=False)


def _followed(relations: Iterable[Relation]) -> Iterator[tuple[Any, ...]]:
    """What follows from several relations of one article together: transitive ones are only ever of one."""
    chained = [r for r in relations if str(shortcuts()[str(code("relation-type", r.type))]) in axioms().transitive]
    if len(chained) > 1:
        yield _found(["chain", chained[0].scope], Relations((), tuple(chained), ()))


def _found(name: list[str], given: Relations, figure: str = "") -> tuple[Any, ...]:
    (scope,) = by_scope(given)
    key = json.dumps(name, ensure_ascii=False)
    return FOUND, key, scope.name, relations_iri(scope.name), scope_nquads(scope), figure
