"""The corpora beside this file: each yields the relations that its table lists, all of them and no others."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ingest import read_articles
from kg.relation_model import Derived, Relation
from kg.relations import entries, relate
from kg.vocab import codes
from kg.work import country_of, extraction, names_in

HERE = Path(__file__).resolve().parent
SAME = {"same-origin-conflict", "same-origin-near", "same-origin-agreement"}
CROSS = {"cross-origin-conflict", "cross-origin-near", "cross-origin-agreement", "conflict-origin-not-stated"}
# What is compared in the cases of a folder: its own relation, and those that it could be mistaken for.
TYPES = {
    "answers": {"answers", "partly-answers"},
    "bounds": {"bounds", "updates"},
    "comparability": {"not-comparable-with"},
    "cross-origin": CROSS | SAME,
    "events": CROSS | SAME | {"supersedes"},
    "figures": {"restates", "strengthened-restatement"},
    "growth": {"growth-of"},
    "headings": {"overstates"},
    "places": {"place-conflict"},
    "same-origin": SAME | {"supersedes"},
    "share": {"share", "share-of", "subset-of", "agrees-with", "conflicts-with"},
    "stances": {"overturns", "stance-agreement"},
    "subset": {"subset-of"},
    "sum": {"sum-of", "category-witness"},
    "supersession": SAME | {"supersedes", "updates"},
    "supports": {"qualitatively-supports"},
    "undetermined": {"relation-unknown"},
}
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.csv"))
Row = tuple[str, str, str, tuple[str, ...]]


def found(folder: Path, wanted: set[str]) -> Iterator[tuple[str, str, str, Relation | Derived]]:
    """The relations and derived claims of a case, claims told by article and words."""
    corpus = [entries(extraction(article), country_of, names_in) for article in read_articles(folder)]
    result = relate(corpus)
    names = {entry.name: f"{entry.article}: {' '.join(entry.words.split())}" for page in corpus for entry in page}
    names |= {derived.name: derived.label for derived in result.derived}
    for relation in result.relations:
        if relation.type in wanted:
            yield relation.type, names[relation.source], " + ".join(names[t] for t in relation.targets), relation
    for derived in result.derived:
        if derived.rule in wanted:
            yield derived.rule, derived.label, " + ".join(names[p] for p in derived.premises), derived


def value(result: Relation | Derived, check: str) -> str:
    """The check as it would have to read."""
    name = check.partition("=")[0]
    return f"{name}={str(getattr(result, name)).lower()}"


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_corpus_yields_its_relations_and_no_others(folder: Path) -> None:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {(row["type"], row["from"], row["to"]): [c for c in row["checks"].split("; ") if c] for row in rows}
    results = {
        (kind, source, targets): result for kind, source, targets, result in found(folder, TYPES[folder.parent.name])
    }
    assert sorted(results) == sorted(expected)
    for key, checks in expected.items():
        assert [value(results[key], check) for check in checks] == checks


def test_every_relation_has_a_corpus_and_every_rule_a_near_miss() -> None:
    of_type = {
        row["type"] for folder in CASES for row in csv.DictReader((folder / "expected.csv").open(encoding="utf-8"))
    }
    general = {"comparable-with"}  # only its narrower types are given
    assert of_type >= set(codes("relation-type")) - general
    silent = {folder.parent.name for folder in CASES if len((folder / "expected.csv").read_text().splitlines()) == 1}
    assert silent == set(TYPES)


def test_no_case_lies_beside_the_table_of_types() -> None:
    assert {folder.parent.name for folder in CASES} == set(TYPES)
    assert all(sorted(folder.glob("*.md")) for folder in CASES)
