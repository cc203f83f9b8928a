"""Triples of a graph → those that follow from them by the ontology's property axioms.

So that a plain SPARQL user needs no reasoner: the other direction of a symmetric property, the wider property
of a narrower one, and the far ends of a transitive one. `ontology/README.md` lists them. Does not cover classes,
which their writers state in full, nor properties of other ontologies. What follows from two graphs together is
left out, so that each can be replaced alone; no relation that we write needs that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.terms import Term, Triple, absolute, is_node
from kg.vocab import axioms, reachable


def entailed(triples: Iterable[Triple]) -> set[Triple]:
    """The triples with all that follows from them; linear, but for the pairs that a transitive property joins."""
    found, broader, symmetric = set(triples), _broader(), _symmetric()
    found.update([(one, wider, other) for one, slot, other in found if slot in broader for wider in broader[slot]])
    found.update([(other, slot, one) for one, slot, other in found if slot in symmetric and is_node(other)])
    return found | set(_chained(found))


def _chained(triples: Iterable[Triple]) -> Iterator[Triple]:
    transitive = _transitive()
    edges: dict[Term, dict[Term, set[Term]]] = {}
    for one, slot, other in triples:
        if slot in transitive and is_node(other):
            edges.setdefault(slot, {}).setdefault(one, set()).add(other)
    for slot, steps in edges.items():
        for start in steps:
            for end in reachable(steps, start) - {start}:
                yield (start, slot, end)


@cache
def _broader() -> Mapping[Term, tuple[Term, ...]]:
    return {absolute(name): tuple(map(absolute, wider)) for name, wider in axioms().broader.items()}


@cache
def _symmetric() -> frozenset[Term]:
    return frozenset(map(absolute, axioms().symmetric))


@cache
def _transitive() -> frozenset[Term]:
    return frozenset(map(absolute, axioms().transitive))
