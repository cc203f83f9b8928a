"""The graphs of a build are read from either form of its quads, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import zstandard

from kg.errors import LoadError, OutputError
from kg.load.source import Source
from tests.load.conftest import KG


def packed(build: Path) -> Path:
    """The same build with its quads sorted by graph, in frames, as a large build has them."""
    lines = sorted((build / "kg.nq").read_bytes().splitlines(keepends=True), key=lambda line: line.split()[-2])
    pack = zstandard.ZstdCompressor().compress
    (build / "kg.nq").unlink()
    data = pack(b"".join(lines[:40])) + pack(b"".join(lines[40:]))
    (build / "kg.nq.zst").write_bytes(data)
    outputs = {"kg.nq.zst": hashlib.sha256(data).hexdigest()}
    (build / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return build


def test_both_forms_hold_the_same_graphs(small: Path) -> None:
    plain = list(Source(small).graphs())
    assert [(graph.name.removeprefix(KG), len(graph.lines)) for graph in plain] == [
        ("graph_a", 30), ("graph_b", 20), ("graph_c", 5)
    ]  # fmt: skip
    assert list(Source(packed(small)).graphs()) == plain


def test_another_prefix_changes_names_and_no_digest(small: Path) -> None:
    there = list(Source(small, "https://x.example/").graphs())
    assert there[0].name == "https://x.example/graph_a"
    assert [graph.digest for graph in there] == [graph.digest for graph in Source(small).graphs()]
    with pytest.raises(LoadError, match="no absolute IRI"):
        Source(small, "x y")


@pytest.mark.parametrize("form", ["kg.nq", "kg.nq.zst"])
def test_a_damaged_build_is_refused(small: Path, form: str) -> None:
    if form == "kg.nq.zst":
        packed(small)
    path = small / form
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(OutputError, match=r"run 'kg build' again"):
        list(Source(small).graphs())


def test_a_build_without_a_manifest_is_refused(small: Path) -> None:
    (small / "manifest.json").unlink()
    with pytest.raises(OutputError, match="no complete build"):
        list(Source(small).graphs())
