"""RDF terms out of Python values, and bytes out of triples: the one place that knows how they are spelt.

Literals have canonical lexical forms and lower-case language tags, and there are no blank nodes, so
that equal graphs are equal bytes. Turtle and TriG are grouped by subject, types first, and sorted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from rdflib import URIRef
from rdflib.namespace import RDF, XSD

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
_INTEGER, _DECIMAL, _DATE, _ANY_URI = (iri(name) for name in (XSD.integer, XSD.decimal, XSD.date, XSD.anyURI))
_TRUE, _FALSE = Literal(True), Literal(False)


def string(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def english(value: str) -> Literal:
    """A string in English."""
    return Literal(value, language="en")


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def boolean(value: bool) -> Literal:
    """`true` or `false`."""
    return _TRUE if value else _FALSE


def decimal(value: float) -> Literal:
    """An xsd:decimal with the digits that print the number, in XSD 1.1's canonical form.

    >>> decimal(36.0).value, decimal(12.5).value, decimal(1e-05).value
    ('36', '12.5', '0.00001')
    """
    plain = format(Decimal(repr(value)), "f")
    return Literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, datatype=_DECIMAL)


def day(value: date) -> Literal:
    """An xsd:date without a time zone."""
    return Literal(value.isoformat(), datatype=_DATE)


def address(value: str) -> Literal:
    """A web address as an xsd:anyURI literal: never a node, for it may be no valid IRI."""
    return Literal(value, datatype=_ANY_URI)


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
