"""The terms and triples of the RDF library, for whoever reads a graph, and bytes out of them.

What we write ourselves is made of text (`kg.terms`). There are no blank nodes, so that equal graphs are equal bytes.
Turtle and TriG are grouped by subject, types first, and sorted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from rdflib import URIRef
from rdflib.namespace import RDF

from kg.vocab import NS, PREFIXES


@lru_cache(maxsize=4096)
def iri(reference: URIRef) -> NamedNode:
    """A vocabulary's term as a node."""
    return NamedNode(str(reference))


@lru_cache(maxsize=65536)
def node(local_name: str) -> NamedNode:
    """The data node with this local name (see `kg.iri`)."""
    return NamedNode(str(NS[local_name]))


TYPE = iri(RDF.type)


def parsed(lines: bytes) -> list[Quad]:
    """The quads of some N-Quads, in their order."""
    return list(parse(lines, format=RdfFormat.N_QUADS))


def to_turtle(triples: Iterable[Triple]) -> bytes:
    """Turtle, grouped by subject with a blank line between subjects, types first, sorted."""
    text = _serialize(ordered(triples), RdfFormat.TURTLE)
    # Line breaks inside literals are escaped: a line that starts without a tab starts a subject.
    return re.sub(rb"\n(?=[^\t\n@])", b"\n\n", text)


def to_trig(quads: Iterable[Quad]) -> bytes:
    """TriG, one block per named graph, sorted by graph and then as in Turtle."""
    rows = sorted(set(quads), key=lambda quad: (_graph_key(quad), *_key(quad)))
    return _serialize(rows, RdfFormat.TRIG)


def to_nquads(quads: Iterable[Quad]) -> bytes:
    """N-Quads with sorted, distinct lines: the canonical form, for there are no blank nodes."""
    lines = set((serialize(quads, format=RdfFormat.N_QUADS) or b"").split(b"\n"))
    lines.discard(b"")
    return b"\n".join(sorted(lines)) + b"\n" if lines else b""


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """The distinct triples by subject, then types first, then property and value."""
    return sorted(set(triples), key=_key)


def _serialize(rows: list[Triple] | list[Quad], form: RdfFormat) -> bytes:
    # The writer declares the prefixes first, in an order that changes from run to run.
    lines = (serialize(rows, format=form, prefixes=dict(PREFIXES)) or b"").split(b"\n")
    header = sorted(lines[: len(PREFIXES)])
    return b"\n".join(header + lines[len(PREFIXES) :])


def _key(row: Triple | Quad) -> tuple[str, bool, str, str]:
    subject = row.subject.value if isinstance(row.subject, NamedNode) else str(row.subject)
    return subject, row.predicate != TYPE, row.predicate.value, str(row.object)


def _graph_key(quad: Quad) -> str:
    name = quad.graph_name
    return "" if isinstance(name, DefaultGraph) else name.value
