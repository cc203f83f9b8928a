"""What a cluster's processes do with rows, with pandas in the place of Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from rdflib.namespace import RDF

from kg.engine.cluster import SparkError, address
from kg.engine.rows import checks
from kg.engine.rows.articles import Opening, Reading, Recording, results_of
from kg.engine.rows.checks import checked_graphs, node_types, wanted_nodes
from kg.engine.rows.relations import FOUND, GROUP, NUMBER, related_alone, related_by_group, related_by_number
from kg.errors import KgError
from kg.graph.relations import relation_nquads
from kg.ingest import Inputs
from kg.rdf import parsed, to_nquads
from kg.relations import relate
from kg.relations.stored import from_bytes
from kg.validate import FAST, Row, named_graphs, validate_graphs
from kg.vocab import NS, T

CASES = Path(__file__).resolve().parents[2] / "relations"
FILES = [path for case in ("answers", "bounds", "events", "subset") for path in (CASES / case).rglob("*.md")]


def worked(opened: Iterator[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(list(Reading(None, 60.0)(opened)))


def found(entries: list[str], size: int) -> pd.DataFrame:
    """What is found between claims, groups handed on in frames of so many rows."""
    alone = pd.concat(list(related_alone(iter([pd.DataFrame({"entries": entries, "original": None})]))))
    joined = [related_by_number(rows) for _, rows in alone[alone.kind == NUMBER].groupby("key")]
    both = pd.concat([alone, *joined])
    items = both[both.kind == GROUP].sort_values(["key", "place"])
    across = [
        frame
        for key, rows in items.groupby("key")
        for frame in related_by_group((key,), (rows[i : i + size] for i in range(0, len(rows), size)))
    ]
    every = pd.concat([both, *across])
    return every[every.kind == FOUND].sort_values("place", kind="stable").drop_duplicates("key")


def lines(data: Iterable[bytes]) -> set[str]:
    return {line for part in data for line in part.decode().split("\n") if line}


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    unique = list({path.stem: path for path in FILES}.values())
    return worked(
        Opening(Inputs(), CASES)(iter([pd.DataFrame({"number": range(len(unique)), "path": list(map(str, unique))})]))
    )


def test_the_rows_hold_what_the_local_engine_makes(articles: pd.DataFrame) -> None:
    entries = [text for text in articles.entries if text]
    quads = to_nquads(parsed(relation_nquads(relate([from_bytes(text.encode()) for text in entries])))).decode()
    assert lines(found(entries, 3).data) == {line for line in quads.split("\n") if line}
    assert set(articles.lost) == {""} and set(articles.results) == {"[]"}


def results(articles: pd.DataFrame, units: pd.DataFrame, size: int) -> set[Row]:
    """The results of the relations' graphs, in frames of so many rows, as Spark's joins would bring them together."""
    types = pd.concat(list(node_types(iter([articles]))))
    wanted = pd.concat(list(wanted_nodes(iter([units])))).merge(types, on="node")
    typed = wanted.groupby("key").type.agg("\n".join).rename("types").reset_index()
    rows = units.merge(typed, on="key", how="left").sort_values(["graph", "key"])
    checked = checked_graphs(rows[i : i + size] for i in range(0, len(rows), size))
    return results_of(text for frame in checked for text in frame.results)


@pytest.mark.parametrize("long", [10, 100_000])
def test_relations_are_validated_as_by_the_local_engine(
    articles: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(checks, "LONG", long)
    units = found([text for text in articles.entries if text], 3)
    assert results(articles, units, 5) == set()
    untyped = articles.assign(types=[text if n % 3 else "" for n, text in enumerate(articles.types)])
    faulty = units.assign(data=[_without(data, n) for n, data in enumerate(units.data)])
    typing = f" <{RDF.type}> ".encode()
    own = [
        b"".join(line for line in text.encode().splitlines(keepends=True) if n % 3 or typing not in line)
        for n, text in enumerate(articles.quads)
    ]
    graphs = named_graphs(parsed(b"".join([*own, *sorted({*faulty.data})])))
    names = {f"<{NS[graph]}>" for graph in units.graph}
    local = validate_graphs([graph for graph in graphs if graph.name in names], {}, FAST)
    expected = {row for _, rows in local for row in rows}
    assert {row.shape.rpartition("-")[2] for row in expected} >= {"claim", "explanation"}
    assert results(untyped, faulty, 5) == expected


def _without(data: bytes, n: int) -> bytes:
    """Lines without the explanations, of every second part."""
    slot = f" <{T.explanation}> ".encode()
    return b"".join(line for line in data.splitlines(keepends=True) if n % 2 or slot not in line)


def test_a_broken_record_is_told_and_left_out() -> None:
    good = {"id": "a", "text": "Two soldiers were killed on Monday.", "published": "2024-05-01"}
    rows = pd.DataFrame([good, {"id": "b"}]).assign(file="x.jsonl", number=range(2))
    rows = worked(Recording(Inputs(), CASES)(iter([rows])))
    assert sorted(rows.article) == ["", "a"]
    assert "x.jsonl" in max(rows.lost)


def test_items_out_of_their_order_end_the_build() -> None:
    frame = pd.DataFrame({"place": ["b", "a"], "data": [b"\x80\x05N.", b"\x80\x05N."]})
    with pytest.raises(KgError, match="order"):
        list(related_by_group(("stance\0state:chad\0deployment",), iter([frame])))


@pytest.mark.parametrize("given", ["s3a://bucket/news.parquet", "hdfs://name:8020/a", "news.jsonl", "/data/news"])
def test_an_address_survives_being_a_path(given: str) -> None:
    assert address(Path(given)) == given
    assert issubclass(SparkError, KgError)
