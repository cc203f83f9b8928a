"""Copies in a corpus: linked, counted as one path, nothing dropped; without copies the graph is what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.pipeline import Summary, build
from kg.query import Graph
from tests.unit.ingest.files import jsonl, write
from tests.unit.test_copies import OTHER, STORY

UNNAMED = STORY.replace("the ministry of health said", "an official said").replace("The army said", "An aide said")
DAY = "2031-05-04"
ROWS = [
    {
        "id": "first",
        "text": UNNAMED,
        "published": DAY,
        "publisher": "Harbour Post",
        "title": "Shelling in Keta kills 12",
    },
    {"id": "later", "text": UNNAMED, "published": "2031-05-05", "publisher": "Coast Herald"},
    {"id": "newer", "text": UNNAMED.replace("12 civilians", "15 civilians"), "published": "2031-05-05"},
    {"id": "other", "text": OTHER, "published": DAY, "publisher": "Ameta Times"},
]


def built(folder: Path, rows: list[dict[str, str]]) -> Summary:
    return build(write(folder, "news.jsonl", jsonl(*rows)), folder / "build")


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    return built(tmp_path_factory.mktemp("copies"), ROWS)


def ask(summary: Summary, query: str) -> list[tuple[str, ...]]:
    rows = Graph.load(summary.out).run(query).rows
    return sorted(tuple(getattr(term, "value", "") for term in row) for row in rows)


def test_later_copies_are_linked_to_the_first_and_the_graph_conforms(summary: Summary) -> None:
    assert summary.conforms, summary.report.table()
    assert summary.counts["copies"] == 2 and summary.counts["articles"] == 4
    found = ask(summary, "SELECT ?a ?b WHERE { ?x kg:copyOf ?y . ?x kg:fileName ?a . ?y kg:fileName ?b }")
    assert found == [("news.jsonl:2", "news.jsonl:1"), ("news.jsonl:3", "news.jsonl:1")]


def test_nothing_is_dropped(summary: Summary) -> None:
    records = [json.loads(line) for line in (summary.out / "claims.jsonl").read_text().splitlines()]
    for article in ("first", "later", "newer", "other"):
        assert [row for row in records if row["article"] == article and row["measure"] == "killed"], article


def test_what_copies_say_in_one_sentence_is_one_figure(summary: Summary) -> None:
    found = ask(
        summary,
        "SELECT ?figure (COUNT(DISTINCT ?page) AS ?n) WHERE { ?figure kg:claim ?claim . ?claim kg:article ?page ; "
        "kg:low 3 . ?claim a kg:CasualtyClaim } GROUP BY ?figure",
    )
    assert "3" in [count for _, count in found]  # three soldiers wounded, of the first article and both copies


def test_another_toll_of_a_copy_stays_apart_and_confirms_nothing(summary: Summary) -> None:
    tolls = ask(
        summary, "SELECT DISTINCT ?low WHERE { ?f a kg:Figure ; kg:low ?low ; kg:casualtyKind kg:casualty-kind-killed }"
    )
    assert ("12",) in tolls and ("15",) in tolls
    codes = ask(
        summary,
        "SELECT ?code WHERE { ?r kg:independence ?code ; kg:from/kg:article ?a ; kg:to/kg:article ?b . "
        "{ ?a kg:copyOf ?b } UNION { ?b kg:copyOf ?a } }",
    )
    assert {code.rpartition("/")[2] for (code,) in codes} == {"independence-copied"}


def test_a_corpus_without_copies_says_nothing_of_them(tmp_path: Path) -> None:
    summary = built(tmp_path, [ROWS[0], ROWS[3]])
    assert summary.conforms and "copies" not in summary.counts
    assert b"copyOf" not in (summary.out / "kg.nq").read_bytes()
