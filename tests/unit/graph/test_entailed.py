"""What follows from a graph by the ontology's property axioms is added, and nothing else."""

from __future__ import annotations

import pytest

from kg.graph.entailed import entailed
from kg.terms import Triple, iri, node, string
from kg.vocab import T, axioms, reachable, shortcuts


def triples(*rows: str) -> set[Triple]:
    """ "a slot b" → a triple of three names of ours."""
    return {(node(a), iri(T[slot]), node(b)) for a, slot, b in map(str.split, rows)}


@pytest.mark.parametrize(
    ("given", "added"),
    [
        (["a supersedes b"], []),
        (["a comparableWith b"], ["b comparableWith a"]),
        (["a conflictsWith b"], ["b conflictsWith a", "a comparableWith b", "b comparableWith a"]),
        (["a agreesWith b"], ["b agreesWith a", "a comparableWith b", "b comparableWith a"]),
        (["a notComparableWith b"], ["b notComparableWith a"]),
        (["a placeConflictsWith b"], ["b placeConflictsWith a"]),
        (["a sharesStanceWith b"], ["b sharesStanceWith a"]),
        (["f lead a"], ["f claim a"]),
        (["a subsetOf b", "b subsetOf c", "c subsetOf d"], ["a subsetOf c", "a subsetOf d", "b subsetOf d"]),
        (["a subsetOf b", "c subsetOf b"], []),
        (["a subsetOf b", "b subsetOf a"], []),
        (["a supersedes b", "b supersedes c"], []),
        (["a comparableWith b", "b comparableWith c"], ["b comparableWith a", "c comparableWith b"]),
    ],
)
def test_what_follows(given: list[str], added: list[str]) -> None:
    assert entailed(triples(*given)) == triples(*given, *added)


def test_literals_are_left_alone() -> None:
    words = (node("a"), iri(T.explanation), string("why"))
    assert entailed([words]) == {words}


def test_the_axioms_are_read_from_the_ontology() -> None:
    found = axioms()
    assert str(T.conflictsWith) in found.symmetric and str(T.supersedes) not in found.symmetric
    assert found.transitive == {str(T.subsetOf)}
    assert found.broader[str(T.agreesWith)] == {str(T.comparableWith)}
    assert shortcuts()[str(T["relation-type-cross-origin-near"])] == T.comparableWith


def test_nodes_that_can_be_reached() -> None:
    edges = {"a": ["b"], "b": ["c", "a"], "d": ["a"]}
    assert reachable(edges, "a") == {"a", "b", "c"}
    assert reachable(edges, "d") == {"a", "b", "c"}
    assert reachable(edges, "c") == set()
