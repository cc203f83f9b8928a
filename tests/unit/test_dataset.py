"""The description of the data set: what its parts say of themselves."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.dataset import FILES, Contents, Source, description
from kg.iri import article_iri, graph_iri, relations_iri
from kg.terms import ordered
from kg.work import versions

NAMES = [f"a{number}" for number in range(7)]
SOURCES = sorted(
    (Source(name, f"{name}.md", "0" * 64, 5, graph_iri(name), article_iri(name)) for name in NAMES),
    key=lambda source: source.graph,
)
SCOPES = sorted(((f"place {number}", number) for number in range(5)), key=lambda scope: relations_iri(scope[0]))


def held(sources: list[Source], scopes: list[tuple[str, int]] = SCOPES) -> Contents:
    return Contents(sources, scopes, 100, frozenset(), FILES)


@pytest.mark.parametrize("most", [None, 1, 3])
def test_a_part_has_the_triples_that_it_says_and_they_are_in_order(most: int | None) -> None:
    parts = list(description(held(SOURCES), versions(), most))
    assert all(part.size == len(part.triples()) for part in parts)
    assert [part.node for part in parts] == sorted(part.node for part in parts)
    whole = [triple for part in description(held(SOURCES), versions()) for triple in part.triples()]
    assert [triple for part in parts for triple in part.triples()] == whole
    assert all(part.triples() == ordered(part.triples()) for part in description(held(SOURCES), versions()))


def test_one_article_more_changes_nothing_that_is_said_of_another() -> None:
    def said(contents: Contents) -> dict[str, tuple[object, ...]]:
        parts = description(contents, versions())
        return {part.node: tuple(part.triples()) for part in parts}

    before, after = said(held(SOURCES[:-1])), said(held(SOURCES))
    new = SOURCES[-1].graph
    changed = {node for node in after if after[node] != before.get(node)}
    assert new in changed and len(changed) == 3  # it, the data set, and the making of the data set
    longer = [node for node in changed if node != new]
    assert all(set(before[node]) < set(after[node]) for node in longer)


def test_what_a_part_is_made_of_tells_two_apart() -> None:
    parts = [part for part in description(held(SOURCES), versions()) if part.made_of]
    assert len({part.made_of for part in parts}) == len(parts) == len(NAMES) + len(SCOPES)
    assert all(one.node < other.node for one, other in pairwise(parts))
