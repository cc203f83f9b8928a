"""Exports for other communities: UCDP-like rows and QuickStatements, checked against what they are made from."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.cli import cli
from kg.columns import columns, schema
from kg.query import Graph
from kg.quickstatements import Statements, wikidata_time
from kg.quickstatements import statements as statements_of
from kg.tables import to_csv, to_parquet
from kg.ucdp import date_prec
from kg.ucdp import ucdp_rows as rows_for
from tests.asked import attribution_rows, figure_rows

ITEM = "Q4115189"  # Wikidata's sandbox
TEXT = r'"[^"|\t\n]*"'
TIME = r"\+\d{4}-\d\d-\d\dT00:00:00Z/(?:9|10|11)"
LINE = re.compile(
    rf"Q[1-9]\d*\t(?:P1120|P1339|P1590)\t\d+(?:\tP585\t{TIME})?(?:\tP1480\tQ5727902)?"
    rf"(?:\tS854\t{TEXT})?(?:\tS123\tQ[1-9]\d*)?(?:\tS577\t{TIME})?(?:\tS1476\ten:{TEXT})?(?:\tS1683\ten:{TEXT})?"
)
# An invented page with one figure: the address, title and words are what a hostile page might have.
FIGURE = """
PREFIX kg: <https://w3id.org/conflict-claims/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA {
  kg:figure_1 a kg:Figure ; kg:lead kg:claim_1 ; kg:claim kg:claim_1 ; kg:casualtyKind kg:casualty-kind-killed ;
    kg:measure "killed" ; kg:asOf kg:time_1 .
  kg:time_1 kg:edtf "%(edtf)s" .
  kg:claim_1 a kg:CasualtyClaim ; rdfs:label "12 killed" ; kg:casualtyKind kg:casualty-kind-killed ;
    kg:low 12 ; kg:best 12 ; kg:high 12 ; kg:article kg:article_1 ; kg:evidence kg:evidence_1 .
  kg:evidence_1 kg:words "12 \\"men\\"\\n|were killed||Q42\\tP31\\tQ5" ; kg:start 0 ; kg:end 9 .
  kg:article_1 kg:fileName "a.txt" ; dcterms:title "\\"A\\" | B" ; kg:publisher kg:actor_1 ;
    kg:url "%(url)s"^^xsd:anyURI .
  kg:actor_1 skos:exactMatch <http://www.wikidata.org/entity/%(item)s> .
}"""


@pytest.fixture(scope="module", params=["built", "contested"])
def graph(request: pytest.FixtureRequest) -> Graph:
    return Graph.load(request.getfixturevalue(request.param))


def made(edtf: str = "2031-05-04", url: str = "https://harbour-post.example/1", item: str = "Q1") -> Graph:
    store = Store()
    store.update(FIGURE % {"edtf": edtf, "url": url, "item": item})
    return Graph(store)


def ucdp_rows(graph: Graph) -> list[dict]:
    return rows_for(graph, figure_rows(graph), attribution_rows(graph))


def statements(graph: Graph, item: str) -> Statements:
    return statements_of(graph, figure_rows(graph), item)


def test_ucdp_rows_are_the_tolls_among_the_figures(graph: Graph) -> None:
    rows, figures = ucdp_rows(graph), {row["id"]: row for row in figure_rows(graph)}
    assert rows
    numbered = {name for name, row in figures.items() if (row["low"], row["high"]) != (None, None)}
    tolls = {name for name, row in figures.items() if row["kinds"] == ["killed"] and not row["negated"]}
    assert {row["relid"] for row in rows} == numbered & tolls
    for row in rows:
        figure = figures[row["relid"]]
        assert list(row) == [column.name for column in columns("ucdp")]
        assert (row["low"], row["best"], row["high"]) == (figure["low"], figure["best"], figure["high"])
        assert row["best"] is None or row["low"] <= row["best"] <= row["high"]
        assert [row["deaths_civilians"], row["deaths_unknown"]].count(row["best"]) >= 1
        assert row["date_start"] is None or row["date_end"] is None or row["date_start"] <= row["date_end"]
        assert row["where_prec"] in (None, 1, 2, 3, 4, 5, 6, 7) and row["event_clarity"] in (1, 2)
        assert row["origin_disclosure"] or not row["source_original"]


def test_ucdp_files(graph: Graph, tmp_path: Path) -> None:
    rows = ucdp_rows(graph)
    assert to_csv("ucdp", ucdp_rows(graph)) == to_csv("ucdp", rows)
    table = pq.read_table(io.BytesIO(to_parquet("ucdp", rows)))
    assert table.schema.equals(schema("ucdp")) and table.num_rows == len(rows)


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2031-05-04", "2031-05-04", 1),
        ("2031-05-04", "2031-05-05", 2),
        ("2031-05-04", "2031-05-09", 2),
        ("2031-05-04", "2031-05-10", 3),
        ("2031-05-04", "2031-05-11", 4),
        ("2031-05-01", "2031-05-31", 4),
        ("2031-05-01", "2031-06-01", 5),
        ("2032-01-01", "2032-12-31", 5),
        ("2031-01-01", "2032-12-31", None),
        (None, "2031-05-04", None),
    ],
)
def test_date_prec(first: str | None, last: str, step: int | None) -> None:
    assert date_prec(first, last) == step


def test_each_line_is_a_quickstatement(graph: Graph) -> None:
    found = statements(graph, ITEM)
    figures = figure_rows(graph)
    assert len(found.lines) + sum(number for _, number in found.left_out) == len(figures)
    known = {str(row["best"]) for row in figures}
    for line in found.lines:
        assert LINE.fullmatch(line), line
        assert line.startswith(f"{ITEM}\t") and line.split("\t")[2] in known
        assert "\tS854\t" in line or "\tS123\t" in line
    assert statements(graph, ITEM) == found


def test_words_cannot_make_a_second_command() -> None:
    (line,) = statements(made(), ITEM).lines
    assert LINE.fullmatch(line) and line.count("\t") == 12
    assert line.endswith('S1683\ten:"12 ”men” /were killed//Q42 P31 Q5"')


@pytest.mark.parametrize(
    ("url", "item", "lines"),
    [
        ("https://harbour-post.example/1", "Q1", 1),
        ("javascript:alert(1)", "Q1", 1),  # the publisher is reference enough, the address is left out
        ('https://x.example/\\"|Q1', "none", 0),
        ("", "none", 0),
    ],
)
def test_no_reference_no_statement(url: str, item: str, lines: int) -> None:
    found = statements(made(url=url, item=item), ITEM)
    assert len(found.lines) == lines and all(LINE.fullmatch(line) for line in found.lines)
    assert bool(found.left_out) != bool(lines)
    assert "javascript" not in "".join(found.lines)


@pytest.mark.parametrize(
    ("edtf", "time"),
    [
        ("2031-05", "+2031-05-00T00:00:00Z/10"),
        ("2031", "+2031-00-00T00:00:00Z/9"),
        ("2031-05/2031-06-01", "+2031-06-01T00:00:00Z/11"),
        ("2031-05?", None),
        ("2031-05-01/..", None),
        ("2031-21", None),  # a season is no month
    ],
)
def test_times(edtf: str, time: str | None) -> None:
    assert wikidata_time(edtf) == time
    (line,) = statements(made(edtf=edtf), ITEM).lines
    assert (f"\tP585\t{time}" in line) if time else ("P585" not in line)


@pytest.mark.parametrize("item", ["42", "Q0", "P31", "Q42\tP31", "Q42|", ""])
def test_an_item_that_is_none(item: str, built: Path) -> None:
    with pytest.raises(ValueError, match="no id"):
        statements(made(), item)
    arguments = ["export", "quickstatements", "--item", item, "--build", str(built)]
    assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_the_commands(built: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["export", *arguments, "--build", str(built)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    printed = run("ucdp")
    run("ucdp", "--out", str(tmp_path / "tolls.csv"))
    assert (tmp_path / "tolls.csv").read_text(encoding="utf-8") == printed
    assert len(list(csv.DictReader(io.StringIO(printed)))) == len(ucdp_rows(Graph.load(built)))
    assert frictionless.validate(str(tmp_path / "tolls.datapackage.json")).valid
    run("ucdp", "--out", str(tmp_path / "tolls.parquet"))
    everyone = run("quickstatements", "--item", ITEM)
    of_one = run("quickstatements", "--item", ITEM, "--group", "North Korea")
    assert of_one and set(of_one.splitlines()) <= set(everyone.splitlines())
    assert CliRunner().invoke(cli, ["export", "ucdp", "--out", "x.xls", "--build", str(built)]).exit_code == 2
    unknown = ["export", "quickstatements", "--item", ITEM, "--group", "Nobody’s men", "--build", str(built)]
    assert "groups of this build" in str(CliRunner().invoke(cli, unknown).exception)
