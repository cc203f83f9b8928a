"""Every relation between claims that the specification names for the two articles is in their graph.

`competency_relations.csv` gives, for each, its type, words of the claim that it starts from, and words of each claim
that it leads to, joined by ` + `; claims are known by their words alone, so that no name of a node stands in a test.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.query import Graph
from kg.vocab import code

TABLE = Path(__file__).resolve().parent / "competency_relations.csv"
QUERY = """
SELECT ?relation ?type ?from ?to WHERE {
  ?relation kg:relationType ?type ; kg:from ?a ; kg:to ?b .
  OPTIONAL { ?a kg:evidence/kg:words ?stated } OPTIONAL { ?a rdfs:label ?computed }
  BIND(COALESCE(?stated, ?computed) AS ?from)
  ?b kg:evidence/kg:words ?to .
}
"""


def rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["type"], row["from"], row["to"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def relations(built: Path) -> list[tuple[str, str, set[str]]]:
    found: dict[str, tuple[str, str, set[str]]] = {}
    for relation, kind, source, target in Graph.load(built).run(QUERY).rows:
        words = [" ".join(str(getattr(term, "value", "")).split()) for term in (source, target)]
        entry = found.setdefault(str(relation), (str(getattr(kind, "value", "")), words[0], set()))
        entry[2].add(words[1])
    return list(found.values())


@pytest.mark.parametrize(("kind", "source", "targets"), rows())
def test_a_relation_is_in_the_graph(
    kind: str, source: str, targets: str, relations: list[tuple[str, str, set[str]]]
) -> None:
    wanted = str(code("relation-type", kind))
    assert any(
        found == wanted and start == source and set(targets.split(" + ")) <= ends for found, start, ends in relations
    )
