"""The analysts' queries: rows on two engines, parameters that only ever become terms, evidence, and their page.

Beside tests/gallery/NAME.csv, the rows on the two articles without parameters, stands NAME.control.ru where the right
answer is no row: an update after which there is one. `bound.tsv` has parameters and how many rows they leave.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.cli import cli
from kg.cli.binding import terms
from kg.errors import QueryError
from kg.grounds import grounds
from kg.query import Graph
from kg.questions import Question, bound, question, questions
from kg.vocab import PREFIXES, codes
from tests.test_questions import LONGEST, cells

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "gallery"
GALLERY = [found.name for found in questions() if not re.fullmatch(r"cq\d\d", found.name)]
SILENT = [path.name.split(".")[0] for path in sorted(FOLDER.glob("*.control.ru"))]
with (FOLDER / "bound.tsv").open(encoding="utf-8", newline="") as file:
    BOUND = [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t")]
HOSTILE = (
    'killed" } ; DROP ALL #',
    "killed } UNION { ?s ?p ?o",
    "?x",
    "UNDEF",
    "kg:casualty-kind-killed",
    "<https://example.org/>",
    "\\u0022 } DROP ALL",
    '"""',
    "killed\n} #",
    "1) || (1=1",
    '2024-01-01"^^xsd:date } #',
    "\x00",
    "\udc80",
    "-" * 5000,
)


def options(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("; ")) if text else {}


def test_every_query_has_rows() -> None:
    assert len(GALLERY) >= 20
    named = {path.stem for path in FOLDER.glob("*.csv")}
    assert named == set(GALLERY) - {"latest-by-origin"}  # whose rows stand with the questions


@pytest.mark.parametrize("name", GALLERY)
def test_a_query_is_short_and_says_what_it_is(name: str) -> None:
    found = question(name)
    lines = [line for line in found.sparql.rstrip("\n").split("\n") if not line.startswith("#")]
    assert len([line for line in lines if line and not line.startswith("PREFIX")]) <= LONGEST
    assert max(map(len, found.sparql.split("\n"))) <= 120
    assert found.title.endswith("?") and found.description.endswith(".")
    assert not re.search(r"kg:[a-z]+_|\d{3}_[0-9a-f]{6}|@en\b|\b20\d\d\b", re.sub("<.*>", "", found.sparql))
    for known in found.parameters:
        assert not known.scheme or codes(known.scheme)
        line = re.search(rf"VALUES \?{known.name} {{(.*)}}", found.sparql)
        assert line and (known.default or "UNDEF") in line[1]


@pytest.mark.parametrize("name", sorted(set(GALLERY) - {"latest-by-origin"}))
def test_the_rows(name: str, graph: Graph) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    result = graph.ask(name)
    assert result.variables == tuple(header)
    assert sorted(map(cells, result.rows)) == sorted(map(tuple, rows))
    assert bool(rows) != (name in SILENT)


@pytest.mark.parametrize("name", GALLERY)
def test_another_engine_gives_the_same_rows(name: str, graph: Graph, merged: rdflib.Graph) -> None:
    rows = sorted(map(cells, graph.ask(name).rows))
    assert sorted(cells(row) for row in merged.query(question(name).sparql)) == rows  # as the file stands
    assert sorted(cells(row) for row in merged.query(bound(question(name), {}))) == rows  # without open parameters


@pytest.mark.parametrize("name", SILENT)
def test_silence_could_be_broken(name: str, built: Path) -> None:
    store = Store()
    store.bulk_load(path=str(built / "kg.ttl"), format=RdfFormat.TURTLE)
    assert not list(store.query(question(name).sparql))
    store.update((FOLDER / f"{name}.control.ru").read_text(encoding="utf-8"))
    assert list(store.query(question(name).sparql))


@pytest.mark.parametrize(("name", "given", "number"), BOUND)
def test_parameters(name: str, given: str, number: str, graph: Graph, merged: rdflib.Graph) -> None:
    values = terms(graph, question(name), options(given))
    rows = sorted(map(cells, graph.ask(name, values).rows))
    assert len(rows) == int(number)
    assert sorted(cells(row) for row in merged.query(bound(question(name), values))) == rows
    assert set(rows) <= set(map(cells, graph.ask(name).rows)) or "COUNT" in question(name).sparql


def test_every_parameter_is_tried() -> None:
    tried = {(name, key) for name, given, _ in BOUND for key in options(given)}
    assert tried == {(name, known.name) for name in GALLERY for known in question(name).parameters}


@pytest.mark.parametrize("words", HOSTILE)
def test_words_never_become_a_part_of_a_query(words: str, graph: Graph) -> None:
    for name in GALLERY:
        for known in question(name).parameters:
            with pytest.raises(QueryError) as caught:
                terms(graph, question(name), {known.name: words})
            assert len(str(caught.value)) < 7000


@pytest.mark.parametrize("words", HOSTILE)
def test_a_term_with_hostile_words_stays_a_term(words: str) -> None:
    """Even where such words were a value of the graph: written and read again, they are what they were."""
    if "\udc80" in words:
        return
    sparql = bound(question("latest-by-month"), {"kind": [Literal(words)]})
    (line,) = re.findall(r"VALUES \?kind \{ (.*) \}\n", sparql)
    (quad,) = parse(f"<a:s> <a:p> {line} .", format=RdfFormat.N_TRIPLES)
    assert quad.object == Literal(words)
    Store().query(sparql)


@pytest.mark.parametrize("iri", ["a:b> } #", "a:b }", "no iri", "a:\n"])
def test_an_iri_that_is_none_is_refused(iri: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        NamedNode(iri)


def test_parameters_that_there_are_not(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no parameter 'grop'; it has --group, --kind"):
        terms(graph, question("latest-by-origin"), {"grop": "x"})
    with pytest.raises(QueryError, match="it has none"):
        graph.ask("cq01", {"kind": []})
    with pytest.raises(QueryError, match="0 values"):
        graph.ask("latest-by-origin", {"kind": []})


@pytest.mark.parametrize(
    ("head", "error"),
    [
        ("# parameter: kind", r"q\.rq:2"),
        ("# parameter: kind (words) what", "with a type of"),
        ("# parameter: kind (code) what", "with a type of"),
        ("# parameter: x (integer) what", r"VALUES \?x"),
    ],
)
def test_a_head_that_is_wrong(head: str, error: str, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(f"# title: Q?\n{head}\nSELECT * {{\n  VALUES ?kind {{ UNDEF }}\n}}\n")
    with pytest.raises(QueryError, match=error):
        questions(tmp_path)


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_row_has_evidence(asked: Question, graph: Graph) -> None:
    answer = graph.ask(asked.name)
    rests = {ground.row for ground in grounds(graph, asked, {}, answer)}
    assert rests == set(range(1, len(answer.rows) + 1))


def test_evidence_is_what_the_file_says(graph: Graph) -> None:
    for name in ("latest-by-month", "counts-by-kind-set", "parts-of-totals", "derived-numbers"):
        for ground in grounds(graph, question(name), {}, graph.ask(name)):
            text = (ROOT / "articles" / ground.file).read_bytes().decode()
            assert text[ground.start : ground.end] == ground.words


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["ask", *arguments], catch_exceptions=True)
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_the_command(built: Path) -> None:
    name, folder = "latest-by-origin", ("--build", str(built))
    code, answer = run(name, "--kind", "killed", *folder, "--evidence")
    assert code == 0 and answer.startswith(question(name).title + " (kind: killed)\n")
    assert "kg:claim_" in answer and re.search(r"\.txt +\d+ +\d+", answer)
    assert run("--kind=killed", name, *folder, "--evidence")[1] == answer
    code, sparql = run(name, "--kind", "killed", *folder, "--sparql")
    assert f"VALUES ?kind {{ <{PREFIXES['kg']}casualty-kind-killed> }}" in sparql and "?group {" not in sparql
    code, table = run(name, *folder, "--format", "csv")
    assert table.startswith("day,")  # nothing before the header
    code, listed = run("--list")
    assert "--group" in listed and all(found.name in listed for found in questions())


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("latest-by-origin", "--kind"), "needs a value"),
        (("latest-by-origin", "--kind", "killed", "--kind", "x"), "twice"),
        (("latest-by-origin", "other"), "name one question"),
        (("--kind", "killed"), "name one question"),
        (("latest-by-origin", "--kind", "slain"), "use captured, "),
        (("latest-by-origin", "--colour", "red"), "no parameter"),
        (("latest-by-origin", "--evidence", "--format", "csv"), "leave out"),
        (("figures-between", "--since", "2031-02-30"), "no day"),
        (("repeated-figures", "--least", "two"), "whole number"),
        (("no-such-question",), "no question"),
    ],
)
def test_what_the_command_refuses(arguments: tuple[str, ...], error: str, built: Path) -> None:
    code, output = run(*arguments, "--build", str(built))
    assert code and error in output


def test_the_page_of_queries_is_current(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.queries", "--build", str(built), "--out", str(tmp_path / "queries.md")]
    subprocess.run(command, cwd=ROOT, check=True)
    assert (tmp_path / "queries.md").read_bytes() == (ROOT / "docs" / "queries.md").read_bytes()
