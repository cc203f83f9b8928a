"""A build as tables: columns and types, the same numbers as the graph, the same bytes, and frames of pandas."""

from __future__ import annotations

import builtins
import csv
import io
import json
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.columns import ALL, KEYS, TABLES, columns, schema
from kg.errors import KgError, LexiconError, OutputError, QueryError
from kg.query import Graph
from kg.records import FIELDS, to_csv
from kg.tables import arrow, files, read_table, rows_of
from scripts.tables import page
from tests.asked import attribution_rows, figure_rows

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", params=["built", "contested"])
def folder(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def written(folder: Path) -> dict[str, bytes]:
    return files(folder)


def records(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").split("\n") if line]


def test_the_columns_are_those_of_the_records() -> None:
    assert tuple(column.name for column in columns("claims")) == FIELDS
    for table in ALL:
        names = [column.name for column in columns(table)]
        assert len(names) == len(set(names)) and set(KEYS[table]) <= set(names)
        assert all(column.description.endswith(".") for column in columns(table))
    with pytest.raises(LexiconError, match="there are claims, figures, attribution, ucdp"):
        columns("figure")


def test_parquet_has_the_schema_and_the_rows(folder: Path, written: dict[str, bytes]) -> None:
    for table in TABLES:
        found = pq.read_table(io.BytesIO(written[f"{table}.parquet"]))
        assert found.schema.equals(schema(table))
        assert found.num_rows == len(list(csv.reader(io.StringIO(written[f"{table}.csv"].decode())))) - 1
        found.validate(full=True)
    assert pq.read_table(io.BytesIO(written["claims.parquet"])).to_pylist() == records(folder)
    assert written["claims.csv"] == to_csv(records(folder)) == (folder / "claims.csv").read_bytes()


def test_the_same_bytes_again(folder: Path, written: dict[str, bytes]) -> None:
    assert files(folder) == written


def test_frictionless_finds_nothing_wrong(folder: Path, written: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in written.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert [task.name for task in report.tasks] == list(TABLES)
    # … and it does look: a number that is none, a key twice
    broken = (tmp_path / "figures.csv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    (tmp_path / "figures.csv").write_text("\n".join([*broken, broken[-1]]) + "\n", encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_the_builds_own_description_fits_its_csv(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid and [task.name for task in report.tasks] == ["claims"]


def test_figures_are_those_of_the_graph(folder: Path) -> None:
    graph = Graph.load(folder)
    rows = rows_of(folder, "figures")
    known = {
        (row[0].value.rpartition("/")[2], row[1] and int(row[1].value))
        for row in graph.run("SELECT ?f ?n { ?f a kg:Figure OPTIONAL { ?f kg:best ?n } }").rows
    }
    assert {(row["id"], row["best"]) for row in rows} == known and len(rows) == len(known)
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        assert row["mentions"] >= row["articles"] >= 1
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"]
        assert all(row["id"] in by_id[other]["conflicts_with"] for other in row["conflicts_with"])
        assert not set(row["supersedes"]) & set(row["conflicts_with"]) and row["id"] not in row["supersedes"]


def test_what_was_read_off_the_lines_is_what_a_query_finds(folder: Path) -> None:
    graph = Graph.load(folder)
    found = {row["id"]: row for row in rows_of(folder, "figures")}
    assert found == {row["id"]: row for row in figure_rows(graph)}
    steps = {tuple(row[name] for name in KEYS["attribution"]): row for row in rows_of(folder, "attribution")}
    assert steps == {tuple(row[name] for name in KEYS["attribution"]): row for row in attribution_rows(graph)}


def test_odd_characters_come_through(tmp_path: Path) -> None:
    """Quotation marks, backslashes, line separators and brackets in the words that tables show."""
    (tmp_path / "in").mkdir()
    text = (
        'Title: "A\\B" <c> \u2028 .\n\nOn 3 May 2024 the "Black\\White" brigade \u2028killed 12 soldiers in Gao, said '
        'Anna O\u2019Neill \\ of the "Harbour <Post> .". At least 30 \u201csoldiers\u201d were wounded, '
        "the army\\navy said.\n"
    )
    (tmp_path / "in" / 'odd "name" \\.txt').write_text(text, encoding="utf-8")
    kg.build(tmp_path / "in", tmp_path / "build")
    graph = Graph.load(tmp_path / "build")
    found = rows_of(tmp_path / "build", "figures")
    assert found and {row["id"]: row for row in found} == {row["id"]: row for row in figure_rows(graph)}
    assert sorted(map(str, rows_of(tmp_path / "build", "attribution"))) == sorted(map(str, attribution_rows(graph)))
    assert all("\\" in row["file"] and text[row["start"] : row["end"]] == row["words"] for row in found)


def test_a_packed_build_and_one_from_a_cache_have_the_same_tables(folder: Path, tmp_path: Path) -> None:
    articles = ROOT / ("articles" if "corpus" in folder.parent.name else "tests/corpora/contested")
    for name in ("packed", "again"):
        kg.build(articles, tmp_path / name, packed=True, cache=tmp_path / "cache")
        for table in TABLES:
            path = tmp_path / name / f"{table}.parquet"
            assert path.read_bytes() == (folder / f"{table}.parquet").read_bytes()


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "figures.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(OutputError, match=r"figures\.parquet: is damaged .*; run 'kg build' again"):
        read_table(tmp_path, "figures")
    with pytest.raises(OutputError, match="run 'kg build "):
        read_table(tmp_path, "claims")


def test_words_stand_where_the_tables_say(built: Path) -> None:
    for row in (*rows_of(built, "figures"), *rows_of(built, "attribution")):
        if row["words"] is not None:
            text = (ROOT / "articles" / row["file"]).read_bytes().decode()
            assert text[row["start"] : row["end"]] == row["words"]


def test_chains_begin_at_the_page_and_have_no_gap(folder: Path) -> None:
    chains: dict[str, list[dict]] = {}
    for row in rows_of(folder, "attribution"):
        chains.setdefault(row["claim"], []).append(row)
    for chain in chains.values():
        steps = sorted({row["step"] for row in chain})
        assert steps == list(range(steps[0], steps[-1] + 1))
        assert all(row["role"] == "publisher" for row in chain if row["step"] == 0)


def test_frames(built: Path) -> None:
    pandas = pytest.importorskip("pandas")
    build = kg.open(built)
    claims, figures, attribution = build.claims(), build.figures(), build.attribution()
    for table, frame in (("claims", claims), ("figures", figures), ("attribution", attribution)):
        assert list(frame.columns) == [column.name for column in columns(table)]
    assert str(claims.low.dtype) == "Int64" and str(claims.negated.dtype) == "boolean"
    assert str(figures.latest.dtype).startswith("datetime64")
    assert set(attribution.claim) >= set(claims.id) and set(figures.lead) <= set(attribution.claim)
    killed = figures[(figures.measure == "killed") & figures.best.notna()]
    found = build.query('SELECT DISTINCT ?n { ?f a kg:Figure ; kg:measure "killed" ; kg:best ?n }')
    assert set(found.n) == set(killed.best) and str(found.n.dtype) == "Int64"
    frame = build.query("SELECT (1.5 AS ?x) (true AS ?y) ('z' AS ?z) (?no AS ?w) (99999999999999999999 AS ?v) {}")
    assert [str(kind) for kind in frame.dtypes] == ["Float64", "boolean", "string", "object", "object"]
    assert build.query("ASK {}").answer.tolist() == [True]
    assert list(build.query("CONSTRUCT WHERE { ?f a kg:Figure }").columns) == ["subject", "property", "value"]
    assert build.query("SELECT ?x { FILTER(false) }").empty
    with pytest.raises(QueryError):
        build.query("SELEC")
    assert isinstance(frame, pandas.DataFrame)


def test_without_pandas_one_clear_line(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object, **named: object) -> object:
        if name.partition(".")[0] == "pandas":
            raise ImportError(name)
        return real(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(OutputError, match=r"install conflict-claims\[frame\]"):
        kg.open(built).claims()


def test_no_build(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="run 'kg build "):
        kg.open(tmp_path)


def test_an_empty_table_has_its_columns() -> None:
    assert arrow("figures", []).schema.equals(schema("figures"))


def test_the_command(built: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", "tables", "--build", str(built), "--out", str(tmp_path / "t")])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == sorted(
        [*(f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")), "datapackage.json"]
    )
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(cli, ["export", "tables", "--build", str(built), "--out", str(tmp_path / "file" / "x")])
    assert isinstance(result.exception, OutputError)


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == page()
