"""The shipped questions: each has its exact rows on the two articles, on two engines, and none is a page long.

Beside `cqNN.rq` (a link to the shipped query) stand `cqNN.csv`, the rows, with IRIs as `kg:…`, and,
where the right answer is no row at all, `cqNN.control.ru`: an update after which there is one. A
query that can never answer would pass for an honest silence otherwise.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from kg.paths import ontology_dir
from kg.query import Graph, curie, question

STATED = "01 02 04 05 06 07 08 11 12 28 29 30 31 32 33 34 36 37 41 44 45 46"
DERIVED = "03 09 10 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 35 38 39 40 42 43"
NEGATIVE = "47 48 49 50 51 52 53 54 55"
VIEWS = ["latest-by-origin"]  # shipped beside the questions
NAMES = [*(f"cq{number}" for number in f"{STATED} {DERIVED} {NEGATIVE}".split()), *VIEWS]
# These answer with no row; the other negatives say what is unsaid.
SILENT = ["cq50", "cq51", "cq52", "cq53", "cq54", "cq55"]
FOLDER = Path(__file__).resolve().parent / "questions"
LONGEST = 15

Row = tuple[str, ...]


def expected(name: str) -> tuple[Row, list[Row]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return tuple(header), [tuple(row) for row in rows]


def cells(row: Iterable[object]) -> Row:
    """A row of either engine as text, IRIs shortened."""
    return tuple("" if term is None else _cell(term) for term in row)


def _cell(term: object) -> str:
    text = str(getattr(term, "value", term))
    if isinstance(term, rdflib.Literal):
        text = str(term)
    return curie(text) if re.match(r"\w+://\S+$", text) else text


def test_every_question_has_a_query_and_rows() -> None:
    assert {path.stem for path in FOLDER.glob("*.rq")} == set(NAMES)
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(NAMES)
    assert {path.name for path in FOLDER.glob("*.ru")} == {f"{name}.control.ru" for name in SILENT}
    assert {path.stem for path in (ontology_dir() / "queries").glob("*.rq")} >= set(NAMES)
    assert {name for name in NAMES if not expected(name)[1]} == set(SILENT)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_short_and_knows_no_article(name: str) -> None:
    assert (FOLDER / f"{name}.rq").readlink() == Path(f"../../ontology/queries/{name}.rq")
    text = question(name).sparql
    assert question(name).title.endswith("?")
    lines = [line for line in text.rstrip("\n").split("\n") if not re.match("# (description|parameter):", line)]
    assert len(lines) <= LONGEST and max(map(len, text.split("\n"))) <= 120
    assert not re.search(r"kg:[a-z]+_|\d{3}_[0-9a-f]{6}|kg:(start|end|fileName|sha256)\b", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows(name: str, graph: Graph) -> None:
    header, rows = expected(name)
    result = graph.ask(name)
    assert result.variables == header
    assert sorted(map(cells, result.rows)) == sorted(rows)


@pytest.mark.parametrize("name", NAMES)
def test_another_engine_gives_the_same_rows(name: str, graph: Graph, merged: rdflib.Graph) -> None:
    answer = merged.query(question(name).sparql)
    assert sorted(cells(row) for row in answer) == sorted(map(cells, graph.ask(name).rows))


@pytest.mark.parametrize("name", SILENT)
def test_silence_could_be_broken(name: str, built: Path) -> None:
    store = Store()
    store.bulk_load(path=str(built / "kg.ttl"), format=RdfFormat.TURTLE)
    assert not list(store.query(question(name).sparql))
    store.update((FOLDER / f"{name}.control.ru").read_text(encoding="utf-8"))
    assert list(store.query(question(name).sparql))
