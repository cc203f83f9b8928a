"""`kg disagreements`, the relations in `kg explain`, and the counts of relations and figures in `kg stats`."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from kg.__main__ import run
from kg.disagreements import disagreements
from kg.query import Graph
from kg.vocab import codes, notations, preferred_labels

LEAD = "SELECT ?claim WHERE { ?figure a kg:Figure ; kg:best %d ; kg:measure %r ; kg:lead ?claim } ORDER BY ?claim"


@pytest.fixture(scope="module")
def graph(built: Path) -> Graph:
    return Graph.load(built)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run([str(argument) for argument in arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def named(graph: Graph, sparql: str) -> str:
    """The local name of the first node that a query finds."""
    return str(graph.run(sparql).rows[0][0].value).rpartition("/")[2]  # type: ignore[union-attr]


def one_line(page: str) -> str:
    return " ".join(page.split())


def test_the_largest_conflict_comes_first(graph: Graph) -> None:
    found = disagreements(graph)
    sizes = [(row.ratio or 0, row.difference or 0) for row in found]
    assert sizes == sorted(sizes, reverse=True)
    first = found[0]
    assert {first.a.low, first.b.low} == {2000, 350}
    assert (first.ratio, first.difference) == (5.7143, 1650)
    assert first.independence == "not-established"


def test_both_ends_are_cited(graph: Graph) -> None:
    for row in disagreements(graph):
        assert row.ratio is None or row.ratio >= 1
        assert row.explanation.endswith(".")
        for end in (row.a, row.b):
            assert end.words and end.file and end.by


def test_one_origin_or_two(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = json.loads(printed(capsys, "disagreements", "--build", built, "--same-origin", "--format", "json"))
    cross = json.loads(printed(capsys, "disagreements", "--build", built, "--cross-origin", "--format", "json"))
    assert [(row["a"]["low"], row["b"]["low"]) for row in same] == [(300, 200)]
    assert same[0]["independence"] is None and same[0]["nearer"] == same[0]["a"]["claim"]
    assert same[0]["a"]["origin"] == same[0]["b"]["origin"]
    assert same[0]["a"]["origin_in_text"] == ["South Korea"]
    assert {row["type"] for row in cross} == {"cross-origin-conflict"}
    assert len(cross) == 3


def test_only_the_largest(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "disagreements", "--build", built, "--limit", 1)
    assert page.count("a ratio of ") == 2  # the head and the sentence
    assert re.search(r"^3 more", page, re.MULTILINE)
    for words in ("“350 deaths”", "no date stated", "as of 2025-09-02", "independence not established"):
        assert words in page
    assert "Yonhap News Agency ← " in page


def test_the_csv_has_both_numbers_with_words_and_places(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "disagreements", "--build", built, "--format", "csv"))))
    assert len(rows) == 4
    for row in rows:
        for column in ("words", "article", "start", "claim", "origin"):
            assert row[f"a_{column}"] and row[f"b_{column}"]


def test_a_range_has_no_single_ratio(contested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "disagreements", "--build", contested)
    assert "400–600 killed: “between 400 and 600 Sudanese soldiers had been killed”" in one_line(page)
    assert "no single ratio" in page


def test_no_conflict_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.unit.test_cli import EXTRACTION, write

    out = write(EXTRACTION, tmp_path / "build")
    assert printed(capsys, "disagreements", "--build", out) == "No two numbers of this build conflict.\n"
    assert json.loads(printed(capsys, "disagreements", "--build", out, "--format", "json")) == []
    assert "Relations between claims" not in printed(capsys, "stats", "--build", out)


def test_explain_tells_every_relation_in_its_sentence(
    graph: Graph, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = named(graph, LEAD % (200, "killed"))
    page = one_line(printed(capsys, "explain", claim, "--build", built))
    sentences = graph.run(f"SELECT DISTINCT ?why WHERE {{ ?r kg:from|kg:to kg:{claim} ; kg:explanation ?why }}").rows
    assert len(sentences) > 3
    for (sentence,) in sentences:
        assert page.count(one_line(sentence.value)) == 1  # type: ignore[union-attr]
    assert "same-origin conflict, inferred: claim_" in page


def test_explain_tells_the_figure_and_its_mentions(
    graph: Graph, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = one_line(printed(capsys, "explain", named(graph, LEAD % (2000, "killed")), "--build", built))
    assert "by National Intelligence Service (South Korea), as of 2025-09-02: 6 mentions in 1 article" in page
    assert "“2,000 Dead” at 52–62" in page
    assert page.count("this one, the lead") == 1
    mention = named(graph, "SELECT ?c WHERE { ?f kg:claim ?c ; kg:best 2000 . FILTER NOT EXISTS { ?f kg:lead ?c } }")
    page = one_line(printed(capsys, "explain", mention, "--build", built))
    assert "The figure's relations to other figures are those of its lead: kg explain claim_" in page


def test_explain_tells_what_rests_on_a_claim_and_what_a_computed_one_rests_on(
    graph: Graph, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    premise, derived = (
        named(graph, f"SELECT ?{which} WHERE {{ ?d a kg:DerivedClaim ; kg:rule 'bounds' ; prov:wasDerivedFrom ?p ; "
              "kg:casualtyKind kg:casualty-kind-killed . ?p kg:low 200 }")
        for which in "pd"
    )  # fmt: skip
    page = one_line(printed(capsys, "explain", premise, "--build", built))
    assert f"What is computed from it 200 to 2,000 killed (2025-04) ({derived}) assuming: " in page
    page = printed(capsys, "explain", derived, "--build", built)
    assert page.startswith(f"{derived}: 200 to 2,000 killed (2025-04)\n\nComputed, and stated by nobody\n")
    assert re.search(r"^  low +200\n  high +2000$", page, re.MULTILINE)
    assert "“200 dead” 000_d31a1aa214919063.txt:1839–1847" in page


def test_stats_count_relations_by_type_and_figures(
    graph: Graph, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(printed(capsys, "stats", "--build", built, "--json"))
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert sum(row["number"] for row in content["relations"]) == manifest["relations"]
    assert content["figures"]["figures"] == manifest["figures"]
    assert {"relation": "supersedes", "number": 2} in content["relations"]
    assert content["figures"]["their mentions"] >= content["figures"]["figures"]
    table = printed(capsys, "stats", "--build", built)
    assert re.search(r"^same-origin conflict +1$", table, re.MULTILINE)


def test_codes_have_labels_and_are_found_by_address() -> None:
    for scheme in ("relation-type", "independence", "casualty-kind"):
        assert set(preferred_labels(scheme)) == set(codes(scheme)) == set(notations(scheme).values())
