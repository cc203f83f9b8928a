"""Queries: the union of all graphs, four formats, and errors that show the place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.dataset import dataset_quads
from kg.errors import OutputError, QueryError
from kg.query import FORMATS, Graph, curie, printable, question, questions, render
from kg.rdf import to_nquads
from kg.vocab import PREFIXES
from tests.factory import VERSIONS, make_extraction, quads_of_article

CLAIMS = "SELECT ?label ?best WHERE { ?claim a kg:CasualtyClaim ; rdfs:label ?label ; kg:best ?best }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("build")
    extraction = make_extraction()
    quads = quads_of_article(extraction)
    (folder / "kg.nq").write_bytes(to_nquads(quads + dataset_quads([extraction.article], quads, VERSIONS)))
    return Graph.load(folder)


def test_a_query_sees_the_union_of_the_named_graphs_without_prefixes(graph: Graph) -> None:
    result = graph.run(CLAIMS)
    assert result.variables == ("label", "best")
    assert [[term.value for term in row] for row in result.rows] == [["about 40 killed — Northland soldiers", "40"]]


def test_each_named_graph_can_be_asked_alone(graph: Graph) -> None:
    result = graph.run("SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert result.rows[0][0].value == "2"


def test_csv(graph: Graph) -> None:
    rows = list(csv.reader(io.StringIO(render(graph.run(CLAIMS), "csv"))))
    assert rows == [["label", "best"], ["about 40 killed — Northland soldiers", "40"]]


def test_json_is_the_w3c_format(graph: Graph) -> None:
    content = json.loads(render(graph.run(CLAIMS), "json"))
    binding = content["results"]["bindings"][0]
    assert content["head"] == {"vars": ["label", "best"]}
    assert binding["label"] == {"type": "literal", "value": "about 40 killed — Northland soldiers", "xml:lang": "en"}
    assert binding["best"]["datatype"] == PREFIXES["xsd"] + "integer"


def test_an_unbound_variable_is_left_out(graph: Graph) -> None:
    result = graph.run("SELECT ?c ?no WHERE { ?c a kg:CasualtyClaim OPTIONAL { ?c kg:vagueAmount ?no } }")
    assert list(json.loads(render(result, "json"))["results"]["bindings"][0]) == ["c"]
    assert render(result, "csv").rstrip("\n").endswith(",")


def test_a_table_shortens_names(graph: Graph) -> None:
    table = render(graph.run("SELECT ?c WHERE { ?c a kg:CasualtyClaim }"), "table")
    assert "kg:claim_" in table and "http" not in table and table.endswith("1 row\n")


def test_yes_and_no(graph: Graph) -> None:
    assert render(graph.run("ASK { ?s a kg:Claim }"), "table") == "yes\n"
    assert json.loads(render(graph.run("ASK { ?s a kg:DerivedClaim }"), "json"))["boolean"] is False
    assert render(graph.run("ASK { ?s a kg:Claim }"), "csv") == "answer\ntrue\n"


def test_a_construct_query_gives_turtle(graph: Graph) -> None:
    result = graph.run("CONSTRUCT { ?c kg:best ?n } WHERE { ?c kg:best ?n }")
    assert len(list(parse(render(result, "turtle").encode(), format=RdfFormat.TURTLE))) == 1
    assert "kg:best" in render(result, "table")


@pytest.mark.parametrize(
    ("sparql", "style"),
    [("ASK {}", "turtle"), (CLAIMS, "turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), (CLAIMS, "xml")],
)
def test_a_format_that_does_not_fit(graph: Graph, sparql: str, style: str) -> None:
    with pytest.raises(QueryError):
        render(graph.run(sparql), style)


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT ?x\nWHERE { ?x ?y }", "line 2, column 16"),
        ("SELECT", "line 1, column 7"),
        ("", "line 1, column 1"),
        ("SELECT ?x WHERE {", "line 1, column 18: something is missing at the end of the line"),
        ("SELECT ?x WHERE { ?x a , kg:Claim }", "line 1, column 27: expected"),
        ("SELECT ?x WHERE { ?x nope:p 1 }", "the prefix nope: is not declared; begin with PREFIX nope: <…>"),
        ("PREFIX a: <x:a> SELECT ?x { ?x a:b 'c:d # e:f' , <g:h> FILTER( # i:j\n}", "line 2"),
        ("# DROP\nINSERT DATA { <x:a> <x:b> 1 }", "is an update (INSERT)"),
        ("PREFIX x: <x:> drop graph x:a", "is an update (DROP)"),
    ],
)
def test_a_syntax_error_shows_the_place_on_one_line(graph: Graph, sparql: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        graph.run(sparql, "mine.rq")
    assert str(caught.value).startswith("mine.rq: ") and place in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("sparql", ["SELECT (<x:f>(1) AS ?y) {}", "SELECT * { SERVICE <x:y> { ?s ?p ?o } }", "\ud800"])
def test_what_cannot_be_had(graph: Graph, sparql: str) -> None:
    with pytest.raises(QueryError, match=r"^query: "):
        graph.run(sparql)


def test_an_update_is_no_query(graph: Graph) -> None:
    with pytest.raises(QueryError):
        graph.run("DELETE WHERE { ?s ?p ?o }")


def test_a_build_that_is_not_there_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file"):
        Graph.load(tmp_path)
    (tmp_path / "kg.nq").write_text("<a")
    with pytest.raises(OutputError, match="damaged"):
        Graph.load(tmp_path)


def test_nothing_in_a_table_can_steer_the_terminal(graph: Graph) -> None:
    sparql = 'SELECT ("a\\u001b[31mb\\u202Ec\\u2066\\u0007\\nd [bold]e[/bold]" AS ?x) WHERE {}'
    table = render(graph.run(sparql), "table")
    assert "a[31mbc d [bold]e[/bold]" in table
    assert not any(character in table for character in "\x1b\x07\u202e\u2066")


def test_printable() -> None:
    assert printable("a\x00b\u200ec\r\nd\x85e😀") == "abc  d e😀"


def test_curie() -> None:
    assert curie(PREFIXES["kg"] + "claim_1") == "kg:claim_1"
    assert curie(PREFIXES["kg"] + "a/b").startswith("<")


def test_questions_have_titles(tmp_path: Path) -> None:
    (tmp_path / "q2.rq").write_text("# title: Who?\nASK {}\n")
    (tmp_path / "q1.rq").write_text("#title:  What? \nASK {}\n")
    assert [(q.name, q.title) for q in questions(tmp_path)] == [("q1", "What?"), ("q2", "Who?")]
    (tmp_path / "q3.rq").write_text("ASK {}\n")
    with pytest.raises(QueryError, match=r"q3\.rq:1"):
        questions(tmp_path)


def test_an_unknown_question() -> None:
    with pytest.raises(QueryError, match="there is no question"):
        question("no-such-question")


@pytest.mark.parametrize("name", [q.name for q in questions()])
def test_every_shipped_question_runs_and_prints(graph: Graph, name: str) -> None:
    result = graph.ask(name)
    assert render(result, "table")
    assert all(style in FORMATS for style in ("table", "csv"))
