"""Triples of a graph → those that follow from them by the ontology's property axioms.

So that a plain SPARQL user needs no reasoner: the other direction of a symmetric property, the wider property
of a narrower one, and the far ends of a transitive one. `ontology/README.md` lists them. Does not cover classes,
which their writers state in full, nor properties of other ontologies. What follows from two graphs together is
left out, so that each can be replaced alone; no relation that we write needs that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kg.vocab import axioms, reachable


def entailed(triples: Iterable[Triple]) -> set[Triple]:
    """The triples with all that follows from them; linear, but for the pairs that a transitive property joins."""
    given = set(triples)
    found = {wider for triple in given for wider in (triple, *_wider(triple))}
    found |= {turned for triple in found for turned in _turned(triple)}
    return found | set(_chained(found))


def _wider(triple: Triple) -> Iterator[Triple]:
    for name in axioms().broader.get(triple.predicate.value, ()):
        yield Triple(triple.subject, NamedNode(name), triple.object)


def _turned(triple: Triple) -> Iterator[Triple]:
    if triple.predicate.value in axioms().symmetric and isinstance(triple.object, NamedNode):
        yield Triple(triple.object, triple.predicate, triple.subject)


def _chained(triples: Iterable[Triple]) -> Iterator[Triple]:
    edges: dict[NamedNode, dict[NamedNode, set[NamedNode]]] = {}
    for triple in triples:
        one, slot, other = triple
        if slot.value in axioms().transitive and isinstance(one, NamedNode) and isinstance(other, NamedNode):
            edges.setdefault(slot, {}).setdefault(one, set()).add(other)
    for slot, steps in edges.items():
        for start in steps:
            for end in reachable(steps, start) - {start}:
                yield Triple(start, slot, end)
