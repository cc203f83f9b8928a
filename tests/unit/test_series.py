"""`kg series`: whom a group means, what stands in a line and what beside it, and that no number comes without words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.__main__ import run
from kg.cli.asked import asked
from kg.cli.series import FIELDS, flat
from kg.query import Graph
from kg.series import People, Point, days, populations, series

ARTICLES = Path(__file__).resolve().parent.parent / "corpora" / "contested"


@pytest.fixture(scope="module")
def graph(contested: Path) -> Graph:
    return Graph.load(contested)


@pytest.fixture(scope="module")
def known(graph: Graph) -> Sequence[People]:
    return populations(graph)


@pytest.fixture(scope="module")
def points(graph: Graph, known: Sequence[People]) -> Sequence[Point]:
    return series(graph, asked("Sudanese soldiers", known), "killed")


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run([str(argument) for argument in arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def bounds(points: Sequence[Point]) -> list[tuple[int | None, int | None, int | None, str | None]]:
    return [(p.cited.low, p.cited.best, p.cited.high, p.beside) for p in points]


def test_one_row_per_figure_by_time_with_its_bounds(points: Sequence[Point]) -> None:
    assert bounds(points) == [
        (400, None, 600, None),
        (700, None, None, None),
        (340, 340, 340, None),
        (520, 520, 520, None),
        (90, 90, 90, "no date stated"),
    ]


def test_every_number_has_its_words_in_the_article_and_its_claim(points: Sequence[Point]) -> None:
    for point in points:
        mention = point.cited
        text = (ARTICLES / str(mention.file)).read_bytes().decode()
        assert text[mention.start : mention.end] == mention.words
        assert str(mention.low) in mention.words
        assert mention.claim.endswith(mention.id)


def test_superseded_figures_stay_and_say_so(points: Sequence[Point]) -> None:
    later = next(point for point in points if point.cited.low == 520)
    assert [p.superseded_by for p in points if p.cited.low == 340] == [(later.cited.claim,)]
    assert later.superseded_by == ()
    assert later.cited.approximator == "about"


def test_a_day_is_open_where_one_of_its_figures_is(points: Sequence[Point]) -> None:
    found = {(day.as_of, day.low, day.best, day.high, len(day.points)) for day in days(points)}
    assert found == {
        ("2024-03-04", 400, None, None, 2),
        ("2024-03-05", 340, 340, 340, 1),
        ("2024-05-14", 520, 520, 520, 1),
    }


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Sudanese soldiers", {400, 700, 340, 520, 90}),
        ("the  sudanese SOLDIERS", {400, 700, 340, 520, 90}),
        ("Sudanese troops", {400, 700, 340, 520, 90}),  # no article says "troops": the same people
        ("Sudanese civilians", {45}),
        ("Sudan", {400, 700, 340, 520, 90, 45}),
        ("Republic of the Sudan", {400, 700, 340, 520, 90, 45}),
        ("Sudanese children", set()),
        ("Sudanese zebras", set()),
        ("South Sudanese soldiers", set()),
        ("South Sudan", set()),
        ("soldiers", set()),
        ("", set()),
        ('" } UNION { ?s ?p ?o } #', set()),
        ("x> <y", set()),
    ],
)
def test_whom_a_group_means(graph: Graph, known: Sequence[People], words: str, numbers: set[int]) -> None:
    found = series(graph, asked(words, known), "killed")
    assert {point.cited.low for point in found} == numbers


def test_the_words_of_an_article_are_enough_where_no_owner_is_known(known: Sequence[People]) -> None:
    nobody = People(
        node=known[0].node, words="Soldiers", owner=None, label=None, names=(), role=None, kinds=frozenset()
    )
    assert asked("soldiers", [nobody]) == [nobody]
    assert asked("sailors", [nobody]) == []


def test_kinds_together_parts_and_vague_numbers_stand_beside(built: Path) -> None:
    graph = Graph.load(built)
    people = asked("North Korean soldiers", populations(graph))
    killed = {point.beside for point in series(graph, people, "killed")}
    wounded = {point.beside for point in series(graph, people, "wounded")}
    assert killed == {
        None,
        "counted together with wounded",
        "counted together with captured, missing and wounded",
        "no date stated",
        "only those cremated",
    }
    assert {"only those repatriated", "no number stated"} <= wounded


def test_the_csv_has_all_that_a_number_needs(contested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--group", "Sudanese soldiers", "--kind", "killed", "--build", contested)
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "series", *options, "--format", "csv"))))
    assert list(rows[0]) == list(FIELDS)
    assert [(row["low"], row["best"], row["high"]) for row in rows[:2]] == [("400", "", "600"), ("700", "", "")]
    for row in rows:
        assert row["words"] and row["article"] and row["start"] and row["claim"]
        assert row["as_of"] or row["beside"] == "no date stated"
    assert [row["day_low"] for row in rows] == ["400", "400", "340", "520", ""]


def test_the_json_has_the_days_and_the_figures(contested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--group", "Sudanese soldiers", "--kind", "killed", "--build", contested)
    content = json.loads(printed(capsys, "series", *options, "--format", "json"))
    assert content["group"], content["kind"] == ("Sudanese soldiers", "killed")
    claims = {figure["claim"] for figure in content["figures"]}
    assert all(set(day["claims"]) <= claims for day in content["days"])
    assert content["figures"][0]["origin"] == ["Rehana Okoth"]


def test_the_table_has_words_chain_and_date(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(capsys, "series", "--group", "DPRK troops", "--kind", "killed", "--build", built)
    row = next(line for line in table.splitlines() if "about 2,000 North Korean troops killed" in line)
    for cell in ("2025-09-02", "Yonhap News Agency ← ", "National Intelligence Service", ".txt:440–478", "“about”"):
        assert cell in row
    assert "origin taken from “South Korea”" in table
    assert "All origins of a time together" in table


@pytest.mark.parametrize("name", ["s.csv", "s.json", "s.txt", "s"])
def test_a_file_is_what_would_be_printed(
    contested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    options = ("--group", "Sudan", "--kind", "killed", "--build", contested)
    assert printed(capsys, "series", *options, "--out", tmp_path / name) == ""
    style = name.partition(".")[2]
    shown = printed(capsys, "series", *options, *(["--format", style] if style in ("csv", "json") else []))
    assert (tmp_path / name).read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("group", "kind", "message"),
    [
        ("Kenyan soldiers", "killed", "the groups of this build: Sudanese soldiers, Sudan, Sudanese civilians"),
        ("Kenyan soldiers", "wounded", "the groups of this build: Sudanese soldiers, Sudan, "),
        ("Sudanese soldiers", "missing", "of that group there are figures of killed, wounded"),
        ("Sudanese soldiers", "kiled", "there is no kind 'kiled'; use captured, casualties, killed, missing, wounded"),
    ],
)
def test_what_cannot_be_answered_is_one_line(
    contested: Path, capsys: pytest.CaptureFixture[str], group: str, kind: str, message: str
) -> None:
    assert run(["series", "--group", group, "--kind", kind, "--build", str(contested)]) == 2
    line = capsys.readouterr().err
    assert message in line
    assert line.count("\n") == 1


def test_a_file_that_cannot_be_written(contested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "no" / "such" / "folder.csv"
    assert run(["series", "--group", "Sudan", "--kind", "killed", "--build", str(contested), "--out", str(out)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_series_needs_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["series", "--group", "Sudan", "--kind", "killed", "--build", str(tmp_path)]) == 2
    assert "kg build" in capsys.readouterr().err


def test_flat_rows_have_every_field(points: Sequence[Point]) -> None:
    rows: list[dict[str, Any]] = flat(points)
    assert all(tuple(row) == FIELDS for row in rows)
