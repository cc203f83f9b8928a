"""Graphs of any size for the benchmarks: those of real articles, copied under other names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import article_triples
from kg.graph.relations import relation_nquads
from kg.ingest import read_articles
from kg.iri import article_iri, graph_iri
from kg.model import Extraction
from kg.rdf import parsed
from kg.relations import entries, relate
from kg.terms import node
from kg.validate import NamedGraph, named_graphs
from kg.validate.fast import vocabulary
from kg.vocab import NS
from kg.work import country_of, extraction, names_in, reference_actor, versions

Term = tuple[str, str, str]  # "iri", "literal" or a language, value, datatype
Statement = tuple[str, str, Term]


def real(folder: Path) -> tuple[list[NamedGraph], dict[str, str]]:
    """The named graphs of the articles of a folder and of what relates their claims, and the articles' texts.

    The statements about an article come in the order in which a build makes them, which is not that of the lines.
    """
    articles = read_articles(folder)
    found = [extraction(article) for article in articles]
    related = relate([entries(one, country_of, names_in) for one in found])
    quads = parsed(b"".join(map(described, found)) + relation_nquads(related))
    return named_graphs(quads), {str(NS[article_iri(a.id)]): a.text for a in articles}


def described(found: Extraction) -> bytes:
    """An article's graph as N-Quads, line by line as it is made."""
    graph = node(graph_iri(found.article.id))
    triples = article_triples(found, lookup=reference_actor, versions=versions())
    return b"".join(b"%b %b .\n" % (b" ".join(triple), graph) for triple in triples)


def copies(graphs: list[NamedGraph], triples: int) -> Iterator[list[NamedGraph]]:
    """The graphs again and again, each time with nodes of their own, until there are so many triples."""
    number = 0
    while triples > 0:
        renamed = [copied(graph, number) for graph in graphs]
        triples -= sum(len(graph.triples) for graph in renamed)
        number += 1
        yield renamed


def copied(graph: NamedGraph, number: int) -> NamedGraph:
    """The graph with another name for whatever the ontology does not name."""
    spelt: dict[object, NamedNode] = {}

    def new(term: object) -> object:
        if not isinstance(term, NamedNode) or term in vocabulary():
            return term
        return spelt.setdefault(term, NamedNode(f"{term.value}_{number}"))

    def all_new(group: tuple[Triple, ...]) -> tuple[Triple, ...]:
        return tuple(Triple(new(t.subject), t.predicate, new(t.object)) for t in group)

    return NamedGraph(f"{graph.name[:-1]}_{number}>", all_new(graph.triples), all_new(graph.types))


def copied_texts(texts: dict[str, str], times: int) -> dict[str, str]:
    """The texts by the names that the copies of the articles have."""
    return {f"{article}_{number}": text for number in range(times) for article, text in texts.items()}


def plain(graph: NamedGraph) -> tuple[str, list[Statement]]:
    """A graph's name and its statements as plain strings: what every way of writing starts from."""
    return graph.name[1:-1], [(t.subject.value, t.predicate.value, _plain(t.object)) for t in graph.triples]


def _plain(term: NamedNode | Literal) -> Term:
    if isinstance(term, NamedNode):
        return "iri", term.value, ""
    return term.language or "literal", term.value, term.datatype.value
