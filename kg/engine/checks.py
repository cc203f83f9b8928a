"""Stored graphs → one report: each graph is validated once for what it holds, and its results are kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.engine.facts import Facts
from kg.engine.job import rows_from_bytes, rows_to_bytes, triples_of
from kg.engine.reading import Read, Settings
from kg.engine.related import Related
from kg.engine.store import Store
from kg.iri import article_iri
from kg.validate import FAST, NamedGraph, Report, Row, chosen, foreign_nodes, foreign_types, validate_graphs
from kg.validate.report import order
from kg.vocab import NS

AT_ONCE = 200  # graphs whose results are stored together


def report_on(store: Store, read: Read, related: Related, settings: Settings) -> Report:
    """The report on all graphs. Of the articles, only those whose texts are at hand may still be unchecked.

    The data set's description is left out: no shape is about its nodes.
    """
    articles, engine = read.facts, settings.engine
    size = sum(facts.triples for facts in (*articles, *related.graphs))
    engine = engine or (chosen(size) if read.few else FAST)
    rows: set[Row] = set()
    unchecked = []
    stored = store.all_rows(engine)
    for facts in (*articles, *related.graphs):
        known = stored.get(facts.key)
        if known is None:
            unchecked.append(facts)
        elif known != b"[]":
            rows.update(rows_from_bytes(known))
    del stored
    pages = {facts.article: facts for facts in articles}
    by_iri = {str(NS[article_iri(name)]): text for name, text in read.texts.items()}
    by_graph = {f"<{NS[facts.graph]}>": facts for facts in unchecked}
    graphs = (_named(store, facts, pages) for facts in unchecked)
    results = validate_graphs(graphs, by_iri, engine, settings.workers or 1)
    while batch := list(islice(results, AT_ONCE)):
        with store.writing():
            for name, found in batch:
                rows.update(found)
                store.put_rows(f"{by_graph[name].key} {engine}", rows_to_bytes(found))
    return Report(not rows, tuple(sorted(rows, key=order)), engine)


def _named(store: Store, facts: Facts, pages: Mapping[str, Facts]) -> NamedGraph:
    triples = triples_of(store.part(facts, "quads"))
    wanted = set(map(str, foreign_nodes(triples))) if facts.pages else set()
    types: dict[NamedNode | BlankNode | Literal | Triple, list[Triple]] = {}
    for typing in _typings(store, (pages[name] for name in facts.pages if name in pages)):
        if str(typing.subject) in wanted:
            types.setdefault(typing.subject, []).append(typing)
    return NamedGraph(f"<{NS[facts.graph]}>", triples, tuple(dict.fromkeys(foreign_types(triples, types))))


def _typings(store: Store, pages: Iterable[Facts]) -> Iterator[Triple]:
    for facts in pages:
        yield from (quad.triple for quad in parse(store.part(facts, "types"), format=RdfFormat.N_TRIPLES))
