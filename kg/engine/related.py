"""Stored entries → stored graphs of relations: what no new or changed article bears on is not made again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from kg.cells import joins
from kg.copies import Copies, Signed, copies, originals, suspects
from kg.engine.facts import ALONE, Facts, digest_of, plain, shared, typings, vocabularies
from kg.engine.figures import figures, rows_of
from kg.engine.listing import RELATIONS, Listing
from kg.engine.sealed import pack
from kg.engine.steps import DERIVED, FIGURE, RELATION, TOGETHER, Steps
from kg.engine.store import Store
from kg.graph.copies import copy_nquads
from kg.graph.copies import scope as scope_of_copies
from kg.graph.relations import Scope, scope_nquads
from kg.iri import relations_iri
from kg.relation_model import Derived, Figure, Relation
from kg.relations.items import ARTICLE, EVENT, NUMBER, OPEN, STANCE, TOTAL, parts_of
from kg.relations.stages import Found, across, join, read
from kg.relations.stored import from_bytes


@dataclass(frozen=True, slots=True)
class Related:
    """How much the graphs of relations hold."""

    counts: tuple[tuple[str, int], ...]
    copies: int  # articles that carry the text of another
    steps: Steps | None  # None where all was known, and none was gone through
    tables: tuple[Facts, ...] = ()  # pieces of the table of figures


def relations(listing: Listing) -> Related:
    """List how the claims of all articles bear on one another; every graph is in the store when this returns."""
    store = listing.store
    texts = _copies(listing)
    first = originals(texts)
    made_of = digest_of(plain((texts, [(name, key) for name, key in listing.columns_of("entries", "name, key")])))
    before = _known(listing, made_of)
    if before is not None:
        return before
    steps = Steps(store)
    with store.writing():
        steps.add(_pages(listing, first))
    with store.writing():
        steps.run(NUMBER, _joined)
    for sort in (ARTICLE, EVENT, OPEN, STANCE, TOTAL):
        with store.writing():
            steps.run(sort, across)
    found: Counter[str] = Counter()
    with store.writing():
        scopes = groupby(steps.results(), key=itemgetter(0))
        named = ((scope, list(rows)) for scope, rows in scopes)
        while batch := [(_name(scope, rows), scope, rows) for scope, rows in islice(named, TOGETHER)]:
            known = store.facts_of([name for name, _, _ in batch])
            for name, scope, rows in batch:
                found.update(parts_of(result)[0] for _, result, *_ in rows)
                if name not in known:
                    known[name] = _stored(listing, steps, name, scope, rows)
            listing.add_all([known[name] for name, _, _ in batch])
            store.saved()
        for text in texts:
            name = "copies-" + digest_of(plain(text))
            listing.add(store.facts(name) or _put(store, name, scope_of_copies(text), copy_nquads(text), ()))
    tables = figures(listing)
    counts = (("figures", found[FIGURE]), ("relations", found[RELATION]), ("derived claims", found[DERIVED]))
    number = sum(len(text.later) for text in texts)
    graphs = [key for (key,) in listing.columns("graph", "key", RELATIONS)]
    told = {"counts": counts, "copies": number, "graphs": graphs, "tables": [facts.key for facts in tables]}
    store.note_build(_PLACE, made_of, told)
    return Related(counts, number, steps, tables)


_PLACE = "\0relations"  # where the store notes what was found last: no build can be there


def _known(listing: Listing, made_of: str) -> Related | None:
    """What was found, and listed again, where it was made of just this; None where any of it is missing."""
    told = listing.store.last_build(_PLACE, made_of)
    if told is None:
        return None
    graphs, tables = (listing.store.facts_of(told[name]) for name in ("graphs", "tables"))
    if len(graphs) < len(told["graphs"]) or len(tables) < len(told["tables"]):
        return None
    listing.add_all([graphs[key] for key in told["graphs"]])
    counts = tuple((name, number) for name, number in told["counts"])
    return Related(counts, told["copies"], None, tuple(tables[key] for key in told["tables"]))


def _copies(listing: Listing) -> tuple[Copies, ...]:
    """The texts that several articles carry; only articles that may be of one are held against others."""

    few = suspects(listing.part("signature"))
    chosen = (facts for n, facts in enumerate(listing.articles("signature")) if n in few)
    return copies(_signed(facts, listing.store.part(facts, "signature")) for facts in chosen)


def _name(scope: str, rows: Sequence[tuple[str, str, str, int, int]]) -> str:
    return "rel-" + digest_of(plain((scope, [(key, n) for _, _, key, _, n in rows])))


def _pages(listing: Listing, first: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], Iterable[Found]]]]:
    """A step for each article that has entries: its key, and what makes it."""
    for facts in listing.articles("entries"):
        original = first.get(facts.article)
        key = "page-" + digest_of(plain((facts.key, original)))
        yield key, partial(_read, listing.store, facts, original)


def _read(store: Store, facts: Facts, original: str | None) -> Iterator[Found]:
    return read(tuple(replace(entry, original=original) for entry in from_bytes(store.part(facts, "entries"))))


def _joined(_: str, clusters: Iterator[Any]) -> Iterable[Found]:
    return join(clusters)


def _stored(
    listing: Listing, steps: Steps, name: str, title: str, results: Sequence[tuple[str, str, str, int, int]]
) -> Facts:
    """The graph of one scope, made of the results of the steps."""
    found = [steps.value(step, n) for _, _, _, step, n in results]
    scope = Scope(
        title,
        tuple(value for value in found if isinstance(value, Figure)),
        tuple(value for value in found if isinstance(value, Derived)),
        tuple(value for value in found if isinstance(value, Relation)),
    )
    lines = scope_nquads(scope)
    joined, rows = joins(lines), rows_of(listing, scope.figures)
    cells = plain((joined, rows)) if joined or rows else b""
    return _put(steps.store, name, title, lines, _joins(listing, steps, scope), cells)


def _joins(listing: Listing, steps: Steps, scope: Scope) -> tuple[str, ...]:
    """The articles whose nodes a scope's graph points at."""
    names = [entry.name for figure in scope.figures for entry in figure.entries]
    names += [name for relation in scope.relations for name in (relation.source, *relation.targets)]
    names += [name for derived in scope.derived for name in derived.premises]
    page = listing.article(scope.name)
    own = {scope.name} if page is not None and "entries" in page.filled else set()
    return tuple(sorted(steps.articles_of(names) | own))


def _put(store: Store, name: str, scope: str, lines: bytes, pages: tuple[str, ...], cells: bytes = b"") -> Facts:
    graph = relations_iri(scope)
    facts = Facts(
        key=name,
        graph=graph,
        digest=digest_of(lines),
        triples=lines.count(b"\n"),
        vocabularies=vocabularies(lines),
        scope=scope,
        pages=pages,
    )
    parts = {"quads": lines, "shared": shared(lines, graph, ALONE), "types": typings(lines, graph), "cells": cells}
    stored = pack(facts, parts)
    store.put(stored)
    return stored.facts


def _signed(facts: Facts, signature: bytes) -> Signed:
    return facts.article, date.fromisoformat(facts.day) if facts.day else None, signature
