"""Graphs gone wrong: triples dropped, doubled, led to other nodes and mistyped, the same ones for a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import URIRef
from rdflib.namespace import RDF, XSD

from kg.rdf import TYPE, iri
from kg.vocab import NS, definitions

GOLDEN = Path(__file__).parent / "golden"
FITTING = {  # values of the same datatype, all of them well formed
    XSD.integer: ("0", "1", "7", "40", "2000", "100000"),
    XSD.decimal: ("0", "0.5", "12.25", "100.5", "250"),
    XSD.date: ("1999-12-31", "2024-02-29", "2025-03-01", "2031-01-01"),
    XSD.boolean: ("true", "false"),
    XSD.string: ("word", "a/b", "a\nb", "🙂", "2024-01-01", "killed", "<http://a/b>", "soldiers \\ men"),
    XSD.anyURI: ("http://a/b",),
}
UNFITTING = (
    *(Literal(value, datatype=iri(XSD.integer)) for value in ("-1", "007", "+5")),
    *(Literal(value, datatype=iri(XSD.decimal)) for value in ("-0.5", "100.10")),
    *(Literal(value, datatype=iri(XSD.date)) for value in ("2031-02-29", "soon")),
    *(Literal(value, datatype=iri(XSD.boolean)) for value in ("1", "yes")),
    *(Literal(value) for value in ("", "7", "2024-01-01", "true")),
    Literal("3.0", datatype=iri(XSD.double)),
    Literal("2024-01-01T00:00:00", datatype=iri(XSD.dateTime)),
    Literal("word", language="en"),
    Literal("http://a b", datatype=iri(XSD.anyURI)),
)
Spoil = Callable[[random.Random, Triple, Sequence[Triple]], list[Triple]]


def with_object(triple: Triple, term: object) -> Triple:
    return Triple(triple.subject, triple.predicate, term)


def dropped(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    return []


def doubled(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """A second value that the same property has elsewhere."""
    others = [other.object for other in graph if other.predicate == triple.predicate]
    return [triple, with_object(triple, draw.choice(others))]


def retargeted(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """Another node in place of the value."""
    return [with_object(triple, draw.choice(graph).subject)]


def revalued(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """Another value of the same datatype in place of a literal, or beside it."""
    if not isinstance(triple.object, Literal) or triple.object.language:
        return doubled(draw, triple, graph)
    datatype = triple.object.datatype
    kept = [triple] if draw.random() < 0.3 else []
    values = FITTING.get(URIRef(datatype.value), ("",))
    return [*kept, with_object(triple, Literal(draw.choice(values), datatype=datatype))]


def mistyped(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """A literal of any other kind in place of the value, or beside it."""
    kept = [triple] if draw.random() < 0.3 else []
    return [*kept, with_object(triple, draw.choice(UNFITTING))]


def recoded(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """Any term of the ontology in place of the value."""
    return [with_object(triple, NamedNode(draw.choice(vocabulary())))]


def reclassed(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """A class more for the subject."""
    return [triple, Triple(triple.subject, TYPE, NamedNode(draw.choice(classes())))]


def renamed(draw: random.Random, triple: Triple, graph: Sequence[Triple]) -> list[Triple]:
    """The value under a property of another triple."""
    return [Triple(triple.subject, draw.choice(graph).predicate, triple.object)]


SPOILS: tuple[Spoil, ...] = (dropped, dropped, doubled, retargeted, revalued, reclassed)
WILD: tuple[Spoil, ...] = (*SPOILS, mistyped, recoded, renamed)


def corrupted(graph: Sequence[Triple], seed: int, changes: int, spoils: Sequence[Spoil] = SPOILS) -> list[Triple]:
    """The graph with so many of its triples spoilt; an rdf:type is dropped, or gets another class beside it."""
    draw = random.Random(seed)  # noqa: S311
    kept = dict.fromkeys(graph)
    for triple in draw.sample(list(graph), min(changes, len(graph))):
        spoil = draw.choice(spoils)
        if triple.predicate == TYPE:
            spoil = draw.choice((dropped, reclassed))
        new = spoil(draw, triple, graph)
        del kept[triple]
        kept.update(dict.fromkeys(new))
    return list(kept)


def copied(graph: Iterable[Triple], number: int) -> list[Triple]:
    """The graph with nodes of its own: whatever the ontology does not name has another name."""
    known = frozenset(vocabulary())
    spelt: dict[str, NamedNode] = {}

    def new(term: object) -> object:
        if not isinstance(term, NamedNode) or term.value in known:
            return term
        return spelt.setdefault(term.value, NamedNode(f"{term.value}_{number}"))

    return [Triple(new(t.subject), t.predicate, new(t.object)) for t in graph]


@cache
def golden() -> tuple[tuple[Triple, ...], ...]:
    """The graphs of the articles that are kept for comparison."""
    return tuple(
        tuple(quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
        for path in sorted(GOLDEN.glob("*/5-graph.ttl"))
    )


def quads(graph: Iterable[Triple], name: str) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, NamedNode(str(NS[name]))) for t in graph]


@cache
def vocabulary() -> tuple[str, ...]:
    """The terms that the ontology describes or uses."""
    return tuple(sorted({term for s, p, o in definitions() for term in (s, p, o) if term.startswith("http")}))


@cache
def classes() -> tuple[str, ...]:
    return tuple(
        sorted(
            s for s, p, o in definitions() if p == str(RDF.type) and o.endswith("#Class") and s.startswith(str(NS[""]))
        )
    )
