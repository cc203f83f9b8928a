"""What the text leaves unsaid → `kg:notStated`, so that a silence is never read as an oversight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode, Triple
from rdflib import URIRef

from kg.rdf import iri
from kg.vocab import T


def not_stated(subject: NamedNode, slots: Mapping[URIRef, object]) -> Iterator[Triple]:
    """`subject kg:notStated property` for every property whose value is None or empty."""
    for slot, value in slots.items():
        if value is None or value == ():
            yield Triple(subject, iri(T.notStated), iri(slot))
