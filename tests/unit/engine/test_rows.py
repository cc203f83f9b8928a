"""What a cluster's processes do with rows, with pandas in the place of Spark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from kg.engine.cluster import SparkError, address
from kg.engine.rows.articles import Opening, Reading, Recording
from kg.engine.rows.relations import FOUND, GROUP, NUMBER, related_alone, related_by_group, related_by_number
from kg.errors import KgError
from kg.graph.relations import relation_nquads
from kg.ingest import Inputs
from kg.rdf import parsed, to_nquads
from kg.relations import relate
from kg.relations.stored import from_bytes

CASES = Path(__file__).resolve().parents[2] / "relations"
FILES = [path for case in ("answers", "bounds", "events", "subset") for path in (CASES / case).rglob("*.md")]


def worked(opened: Iterator[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(list(Reading(None, 60.0)(opened)))


def found(entries: list[str], size: int) -> set[str]:
    """The lines of the relations, groups handed on in frames of so many rows."""
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
    first = every[every.kind == FOUND].sort_values("place", kind="stable").drop_duplicates("key")
    return {line for data in first.data for line in data.decode().split("\n") if line}


def test_the_rows_hold_what_the_local_engine_makes() -> None:
    unique = list({path.stem: path for path in FILES}.values())
    rows = worked(Opening(Inputs(), CASES)(iter([pd.DataFrame({"path": list(map(str, unique))})])))
    entries = [text for text in rows.entries if text]
    quads = to_nquads(parsed(relation_nquads(relate([from_bytes(text.encode()) for text in entries])))).decode()
    assert found(entries, 3) == {line for line in quads.split("\n") if line}
    assert set(rows.lost) == {""} and set(rows.results) == {"[]"}


def test_a_broken_record_is_told_and_left_out() -> None:
    good = {"id": "a", "text": "Two soldiers were killed on Monday.", "published": "2024-05-01", "file": "x.jsonl"}
    rows = worked(Recording(Inputs(), CASES)(iter([pd.DataFrame([good, {"id": "b", "file": "x.jsonl"}])])))
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
