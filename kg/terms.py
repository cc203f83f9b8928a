"""RDF terms out of Python values, as the bytes that N-Triples writes them in: what graphs are made of and written from.

A term is spelt once, when it is made, and escaped as pyoxigraph's canonical N-Triples are (a test goes through all of
Unicode), so that a graph is written by joining and sorting bytes: one foreign letter would widen the whole text of a
graph, and encoding that takes longer than all else. Literals have canonical lexical forms and lower-case language
tags, and there are no blank nodes, so that equal graphs are equal bytes. Whoever reads RDF or asks a library for
something has `kg.rdf`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NewType

from pyoxigraph import NamedNode
from rdflib import URIRef
from rdflib.namespace import RDF, XSD

from kg.vocab import PREFIXES

Term = NewType("Term", bytes)
"""A term as N-Triples writes it: made by the functions of this module, or written by a library."""
Triple = tuple[Term, Term, Term]
"""Subject, property and value."""

_FULL = 65536
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(#[A-Za-z0-9._~/-]*)?").fullmatch  # no need to parse it
_ESCAPED = {number: f"\\u{number:04X}" for number in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
_ESCAPED |= {ord(c): f"\\{short}" for c, short in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}


def _spelt(full: str) -> Term:
    return Term((f"<{full}>" if _PLAIN(full) else str(NamedNode(full))).encode())


class _Spelt(dict[str, Term]):
    """IRIs in full, each spelt once. Looking up calls nothing; when it is full, it starts anew."""

    def __missing__(self, full: str) -> Term:
        term = _spelt(full)
        if len(self) >= _FULL:
            self.clear()
        self[full] = term
        return term


absolute = _Spelt().__getitem__
"""An IRI in full; raises ValueError where it is none."""


@lru_cache(maxsize=4096)
def iri(reference: URIRef) -> Term:
    """A vocabulary's term."""
    return _spelt(str(reference))


@lru_cache(maxsize=_FULL)
def node(local_name: str) -> Term:
    """The data node with this local name (see `kg.iri`)."""
    return _spelt(PREFIXES["kg"] + local_name)


TYPE = iri(RDF.type)
_INTEGER, _DECIMAL, _DATE, _ANY_URI = (iri(name) for name in (XSD.integer, XSD.decimal, XSD.date, XSD.anyURI))
_TRUE, _FALSE = (Term(b'"%b"^^%b' % (value, iri(XSD.boolean))) for value in (b"true", b"false"))


def string(value: str) -> Term:
    """A plain string."""
    return Term(f'"{_escaped(value)}"'.encode())


def english(value: str) -> Term:
    """A string in English."""
    return Term(f'"{_escaped(value)}"@en'.encode())


def literal(value: str, datatype: Term) -> Term:
    """A literal of a datatype other than a string's; its form is the caller's."""
    return Term(f'"{_escaped(value)}"^^'.encode() + datatype)


def integer(value: int) -> Term:
    """An xsd:integer."""
    return Term(b'"%d"^^%b' % (value, _INTEGER))


def boolean(value: bool) -> Term:
    """`true` or `false`."""
    return _TRUE if value else _FALSE


def decimal(value: float) -> Term:
    """An xsd:decimal with the digits that print the number, in XSD 1.1's canonical form.

    >>> [decimal(value).split(b"^")[0] for value in (36.0, 12.5, 1e-05)]
    [b'"36"', b'"12.5"', b'"0.00001"']
    """
    plain = format(Decimal(repr(value)), "f")
    return literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, _DECIMAL)


def day(value: date) -> Term:
    """An xsd:date without a time zone."""
    return literal(value.isoformat(), _DATE)


def address(value: str) -> Term:
    """A web address as an xsd:anyURI literal: never a node, for it may be no valid IRI."""
    return literal(value, _ANY_URI)


def bare(term: Term) -> str:
    """The IRI of a node, without the brackets."""
    return term[1:-1].decode()


def is_node(term: Term) -> bool:
    """Whether it is an IRI, and no literal."""
    return term.startswith(b"<")


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """The distinct triples by subject, then types first, then property and value."""
    return sorted(set(triples), key=lambda t: (t[0][1:-1], t[1] != TYPE, t[1][1:-1], t[2]))


def _escaped(value: str) -> str:
    # What is printable needs no escape but for the two. Half a surrogate pair stays: it cannot be encoded.
    if value.isprintable() and '"' not in value and "\\" not in value:
        return value
    short = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")  # which is nearly always all
    if short.isprintable():
        return short
    return value.translate(_ESCAPED)
