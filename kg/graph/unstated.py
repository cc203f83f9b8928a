"""What the text leaves unsaid → `kg:notStated`, so that a silence is never read as an oversight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import URIRef

from kg.terms import Term, Triple, iri
from kg.vocab import T


def not_stated(subject: Term, slots: Mapping[URIRef, object]) -> Iterator[Triple]:
    """`subject kg:notStated property` for every property whose value is None or empty."""
    for slot, value in slots.items():
        if value is None or value == ():
            yield (subject, iri(T.notStated), iri(slot))
