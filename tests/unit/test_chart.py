"""The chart: marks and labels link to claims and tell their words, and the bytes depend on the graph alone."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.__main__ import run
from kg.chart import COLOURS, DPI, LABELS, LISTED, WIDTH, chart, tip
from kg.cli.asked import asked
from kg.query import Graph
from kg.series import Point, populations, series

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def points(contested: Path) -> Sequence[Point]:
    graph = Graph.load(contested)
    return series(graph, asked("Sudan", populations(graph)), "killed")


def parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own file


def group(page: ET.Element, name: str) -> ET.Element:
    found = [element for element in page.iter(f"{SVG}g") if element.get("id") == name]
    assert len(found) == 1, name
    return found[0]


def words(element: ET.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def test_every_figure_is_a_link_to_its_claim_with_its_words_and_place(points: Sequence[Point]) -> None:
    page = parsed(chart(points, "Sudan: killed", "svg"))
    for point in points:
        names = ["beside"] if point.beside else ["mark", "label"]
        for name in names:
            mark = group(page, f"{name}_{point.cited.id}")
            assert {link.get(LINK) for link in mark.iter(f"{SVG}a")} == {point.cited.claim}
            title = mark.find(f"{SVG}title")
            assert title is not None and title.text == tip(point)
            assert f"“{point.cited.words}” {point.cited.file}:{point.cited.start}–{point.cited.end}" in tip(point)


def test_labels_are_text_and_say_the_numbers(points: Sequence[Point]) -> None:
    page = parsed(chart(points, "Sudan: killed", "svg"))
    labels = {point.cited.number: words(group(page, f"label_{point.cited.id}")) for point in points if not point.beside}
    assert labels == {number: [number] for number in ("≥ 45", "400–600", "≥ 700", "340", "about 520")}
    everything = words(page)
    assert "Sudan: killed" in everything
    for origin in ("Sudan — Ministry of Defence of Sudan", "Sudan — Rehana Okoth", "Sudan, civilian — United Nations"):
        assert origin in everything


def test_what_stands_beside_gives_its_reason(points: Sequence[Point]) -> None:
    page = parsed(chart(points, "Sudan: killed", "svg"))
    undated = next(point for point in points if point.beside)
    assert "(no date stated)" in " ".join(words(group(page, f"beside_{undated.cited.id}")))


def test_origins_have_lines_and_superseded_marks_are_hollow(points: Sequence[Point]) -> None:
    page = chart(points, "Sudan: killed", "svg").decode()
    by_low = {point.cited.low: point.cited.id for point in points}
    old, new = (ET.tostring(group(parsed(page.encode()), f"mark_{by_low[low]}")).decode() for low in (340, 520))
    assert "#ffffff" in old
    assert "#ffffff" not in new
    assert all(colour.lower() in page for colour in COLOURS[:4])


def test_what_has_no_named_origin_is_no_line_and_namesakes_are_two(points: Sequence[Point]) -> None:
    def lines_of(*voices: tuple[str, ...]) -> tuple[int, list[str]]:
        pair = [
            replace(point, voices=voice, running="stated", cited=replace(point.cited, voices=("officials",)))
            for point, voice in zip([p for p in points if p.cited.low in (340, 520)], voices, strict=True)
        ]
        page = parsed(chart(pair, "x", "svg"))
        legend = [text for text in words(page) if text.startswith("officials")]
        # A path with one "L" in the data colour that is no mark, no grid and no legend is a line between two figures.
        joins = [p for p in page.iter(f"{SVG}path") if COLOURS[0].lower() in p.get("style", "") and p.get("clip-path")]
        return sum(p.get("d", "").count("L") for p in joins), legend

    assert lines_of(("x",), ("x",)) == (1, ["officials"])
    assert lines_of(("x",), ("y",)) == (0, ["officials (first.md, 1)", "officials (second.md, 2)"])
    assert lines_of((), ()) == (0, ["officials"])


def test_numbers_of_very_different_size_get_a_logarithmic_axis(points: Sequence[Point]) -> None:
    small, large = (
        replace(point, cited=replace(point.cited, low=n, best=n, high=n))
        for point, n in zip(points[:2], (3, 90_000), strict=True)
    )
    assert "logarithmic scale" in words(parsed(chart([small, large], "x", "svg")))
    assert "logarithmic scale" not in words(parsed(chart([large], "x", "svg")))


def test_png_signature_and_size(points: Sequence[Point]) -> None:
    data = chart(points, "Sudan: killed", "png")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == WIDTH * DPI
    assert 5 * DPI < height < 12 * DPI
    assert b"matplotlib" not in data.lower()


def test_an_empty_plot_says_so_and_still_lists(points: Sequence[Point]) -> None:
    undated = [point for point in points if point.beside]
    page = parsed(chart(undated, "x", "svg"))
    assert any("No figure of this kind" in text for text in words(page))
    assert group(page, f"beside_{undated[0].cited.id}") is not None


def test_open_below_a_single_day_and_open_times(points: Sequence[Point]) -> None:
    point = points[0]
    cases = [
        {"low": None, "best": None, "high": 50},
        {"low": 0, "best": 0, "high": 0},
        {"earliest": None, "latest": "2024-03-04"},
        {"earliest": "2023-01-01", "latest": "2023-12-31"},
    ]
    for changes in cases:
        changed = replace(point, cited=replace(point.cited, **changes))
        page = parsed(chart([changed], "x", "svg"))
        assert group(page, f"mark_{point.cited.id}") is not None


def test_words_are_never_markup_or_formulas(points: Sequence[Point]) -> None:
    nasty = "<b> & ]]> $\\frac{1}{2}$ \x1b[31m\u202e “x” &lt;"
    point = replace(points[0], cited=replace(points[0].cited, words=nasty, origins=(nasty,), voices=()))
    undated = replace(point, beside="no date stated", cited=replace(point.cited, claim=points[1].cited.claim))
    page = parsed(chart([point, undated], nasty, "svg"))
    title = group(page, f"mark_{point.cited.id}").find(f"{SVG}title")
    assert title is not None and title.text == tip(point)
    assert "\x1b" not in tip(point) and "$\\frac{1}{2}$" in tip(point)
    assert chart([point, undated], nasty, "png").startswith(b"\x89PNG")


def test_a_crowd_keeps_its_marks_and_counts_what_it_leaves_out(points: Sequence[Point]) -> None:
    def many(point: Point, number: int) -> list[Point]:
        return [replace(point, cited=replace(point.cited, claim=f"{point.cited.claim}{k}")) for k in range(number)]

    crowd = many(points[0], LABELS + 1) + many(points[-1], LISTED + 3)
    page = chart(crowd, "x", "svg").decode()
    assert page.count('id="mark_') == LABELS + 1
    assert 'id="label_' not in page
    assert "and 3 more, in the table" in page


def test_the_settings_of_a_user_change_nothing(points: Sequence[Point]) -> None:
    import matplotlib

    plain = chart(points, "x", "svg")
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert chart(points, "x", "svg") == plain
        assert matplotlib.rcParams["font.size"] == 20


@pytest.mark.parametrize("style", ["svg", "png"])
def test_the_same_bytes_in_any_process(contested: Path, tmp_path: Path, style: str) -> None:
    made = []
    for seed in ("1", "4242"):
        out = tmp_path / f"{seed}.{style}"
        command = [sys.executable, "-m", "kg", "series", "--group", "Sudan", "--kind", "killed"]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"Etc/GMT+{len(seed)}"}
        environment |= {"HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path / seed)}
        result = subprocess.run(
            [*command, "--build", str(contested), "--out", str(out)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_printed_bytes_are_the_files(
    contested: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = ["series", "--group", "Sudan", "--kind", "killed", "--build", str(contested)]
    for style in ("svg", "png"):
        assert run([*options, "--out", str(tmp_path / f"c.{style}")]) == 0
        command = [sys.executable, "-m", "kg", *options, "--format", style]
        result = subprocess.run(command, cwd=ROOT, capture_output=True)
        assert result.stdout == (tmp_path / f"c.{style}").read_bytes()


def test_png_does_not_go_to_a_terminal(
    contested: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    options = ["series", "--group", "Sudan", "--kind", "killed", "--build", str(contested), "--format", "png"]
    assert run(options) == 2
    assert "name a file with --out" in capsys.readouterr().err


def test_without_the_library_the_error_says_what_to_install(
    contested: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    options = ["series", "--group", "Sudan", "--kind", "killed", "--build", str(contested), "--format", "svg"]
    assert run(options) == 2
    assert "conflict-claims[plot]" in capsys.readouterr().err
