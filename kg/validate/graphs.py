"""What is validated: one named graph at a time, with the classes of the nodes of other graphs that it points at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.rdf import TYPE, iri
from kg.vocab import T, definition_files, shape_files

Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """The distinct triples of a named graph; `types` are the classes of nodes that other graphs describe.

    Relations point at claims of other graphs: of those only the classes are needed, and nothing is reported.
    """

    name: str  # as N-Triples writes it
    triples: tuple[Triple, ...]
    types: tuple[Triple, ...] = ()

    @property
    def foreign(self) -> frozenset[str]:
        """The nodes that other graphs describe, as N-Triples writes them."""
        return frozenset(str(triple.subject) for triple in self.types)


def named_graphs(quads: Iterable[Quad]) -> list[NamedGraph]:
    """The named graphs of a data set, sorted by name, each with the classes of the foreign nodes it points at."""
    graphs: dict[str, dict[Triple, None]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), {})[quad.triple] = None
    types: dict[Node, dict[Triple, None]] = {}
    for triples in graphs.values():
        for triple in triples:
            if triple.predicate == TYPE:
                types.setdefault(triple.subject, {})[triple] = None
    return [_named_graph(name, tuple(graphs.pop(name)), types) for name in sorted(graphs)]


def _named_graph(name: str, triples: tuple[Triple, ...], types: Mapping[Node, Iterable[Triple]]) -> NamedGraph:
    return NamedGraph(name, triples, tuple(foreign_types(triples, types)))


def foreign_nodes(triples: Sequence[Triple]) -> list[Node]:
    """The nodes that a graph points at and gives no class, sorted: those whose classes others may know."""
    own = {triple.subject for triple in triples if triple.predicate == TYPE}
    wanted = {t.object for t in triples if t.object not in own and isinstance(t.object, NamedNode | BlankNode)}
    return sorted(wanted, key=str)


def foreign_types(triples: Sequence[Triple], types: Mapping[Node, Iterable[Triple]]) -> Iterator[Triple]:
    """The typing triples of the foreign nodes of a graph, sorted; `types` are those of all graphs by their subject."""
    for term in foreign_nodes(triples):
        yield from sorted(types.get(term, ()), key=str)


def article_texts_in(triples: Iterable[Triple], texts: Mapping[str, str]) -> dict[str, str]:
    """Of `texts`, those of the articles that a graph describes, by the articles' IRIs."""
    subjects = {triple.subject for triple in triples if triple.predicate == _hash()}
    named = sorted(subject.value for subject in subjects if isinstance(subject, NamedNode))
    return {article: texts[article] for article in named if article in texts}


def graph_key(graph: NamedGraph, texts: Mapping[str, str], engine: str) -> str:
    """A hash of everything that a graph's rows depend on: equal keys have equal rows.

    It covers the triples, the classes of foreign nodes, whether and with which words the articles' texts were at
    hand, the engine and its version, and the ontology's definitions and shapes.
    """
    parts = [rules_key(), engine, graph.name, *sorted(str(triple) for triple in graph.triples)]
    parts += ["", *sorted(str(triple) for triple in graph.types)]
    for article, text in article_texts_in(graph.triples, texts).items():
        parts += ["", article, hashlib.sha256(text.encode()).hexdigest()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def rules_key() -> str:
    """A hash of the definitions and shapes that every graph is validated against, and of the engines' releases."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{version('pyshacl')} {version('pyshifty')}".encode())
    for path in (*definition_files(), *shape_files()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def definition_triples() -> tuple[Triple, ...]:
    """What the ontology says of its classes, properties and codes: it stands beside every graph."""
    return _parsed(definition_files())


@cache
def shape_triples() -> tuple[Triple, ...]:
    """The shapes."""
    return _parsed(shape_files())


def _parsed(files: Iterable[object]) -> tuple[Triple, ...]:
    quads = (quad for path in files for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    return tuple(dict.fromkeys(quad.triple for quad in quads))


@cache
def _hash() -> NamedNode:
    return iri(T.sha256)
