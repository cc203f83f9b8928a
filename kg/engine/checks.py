"""Stored graphs → one report: each graph is validated once for what it holds, and its results are kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.engine.facts import Facts
from kg.engine.job import rows_from_bytes, rows_to_bytes, triples_of
from kg.engine.listing import Listing
from kg.engine.reading import Read, Settings, cores
from kg.engine.store import Store
from kg.iri import article_iri
from kg.validate import FAST, NamedGraph, Report, Row, chosen, foreign_nodes, foreign_types, validate_graphs
from kg.validate.report import order
from kg.vocab import NS

AT_ONCE = 200  # graphs whose results are stored together


def report_on(read: Read, settings: Settings) -> Report:
    """The report on all graphs. Of the articles, only those whose texts are at hand may still be unchecked.

    The data set's description is left out: no shape is about its nodes.
    """
    listing, store = read.listing, read.listing.store
    engine = settings.engine or (chosen(listing.quads) if read.few else FAST)
    rows: set[Row] = set()

    def unchecked() -> Iterator[Facts]:
        for graph, results in listing.results(engine):
            if results is None:
                yield from listing.graphs([graph])
            elif results != b"[]":
                rows.update(rows_from_bytes(results))

    keys: dict[str, str] = {}  # of the graphs that are being validated

    def graphs() -> Iterator[NamedGraph]:
        for facts in unchecked():
            graph = _named(listing, facts)
            keys[graph.name] = facts.key
            yield graph

    by_iri = {str(NS[article_iri(name)]): text for name, text in read.texts.items()}
    results = validate_graphs(graphs(), by_iri, engine, settings.workers or (1 if read.few else cores()))
    while batch := list(islice(results, AT_ONCE)):
        with store.writing():
            for name, found in batch:
                rows.update(found)
                store.put_rows(f"{keys.pop(name)} {engine}", rows_to_bytes(found))
    return Report(not rows, tuple(sorted(rows, key=order)), engine)


def _named(listing: Listing, facts: Facts) -> NamedGraph:
    triples = triples_of(listing.store.part(facts, "quads"))
    wanted = set(map(str, foreign_nodes(triples))) if facts.pages else set()
    types: dict[NamedNode | BlankNode | Literal | Triple, list[Triple]] = {}
    pages = (listing.article(name) for name in facts.pages)
    for typing in _typings(listing.store, (page for page in pages if page is not None)):
        if str(typing.subject) in wanted:
            types.setdefault(typing.subject, []).append(typing)
    return NamedGraph(f"<{NS[facts.graph]}>", triples, tuple(dict.fromkeys(foreign_types(triples, types))))


def _typings(store: Store, pages: Iterable[Facts]) -> Iterator[Triple]:
    for facts in pages:
        yield from (quad.triple for quad in parse(store.part(facts, "types"), format=RdfFormat.N_TRIPLES))
