"""The embedded store: what it holds after any sequence of builds, and what its readers see meanwhile."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.errors import OutputError
from kg.rdf import to_nquads
from kg.store import FOLDER, clean, current, open_store, prepare, publish, update_store
from tests.stores import graph_digests, store_quads

GRAPHS = [NamedNode(f"http://example.org/g{number}") for number in range(4)]
NODES = [NamedNode(f"http://example.org/n{number}") for number in range(3)]
quads = st.lists(
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(GRAPHS)),
    max_size=12,
).map(lambda found: list(dict.fromkeys(found)))


def held(build: Path) -> tuple[list[str], list[str]]:
    """The store's named quads and its default graph, sorted."""
    with open_store(build) as store:
        every = list(store.quads_for_pattern(None, None, None, None))
    named = [quad for quad in every if isinstance(quad.graph_name, NamedNode)]
    merged = [quad for quad in every if isinstance(quad.graph_name, DefaultGraph)]
    return sorted(map(str, named)), sorted(str(quad.triple) for quad in merged)


def expected(found: list[Quad]) -> tuple[list[str], list[str]]:
    return sorted(map(str, found)), sorted({str(quad.triple) for quad in found})


@settings(max_examples=15)  # each build is a handful of synced files
@given(st.lists(quads, min_size=1, max_size=4))
def test_after_any_builds_it_holds_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, builds: list[list[Quad]]
) -> None:
    build = tmp_path_factory.mktemp("store")
    for found in builds:
        store_quads(build, found)
        assert held(build) == expected(found)
    assert len([path for path in (build / FOLDER).iterdir() if path.is_dir()]) == 1


def test_only_changed_graphs_are_asked_for(tmp_path: Path) -> None:
    found = [Quad(node, node, node, graph) for node in NODES for graph in GRAPHS]
    store_quads(tmp_path, found)
    changed = [*found[1:], Quad(NODES[0], NODES[1], NODES[2], GRAPHS[0])]
    asked: list[str] = []

    def read(graphs: Collection[str]) -> list[tuple[str, bytes]]:
        asked.extend(graphs)
        return [(graph, to_nquads(q for q in changed if q.graph_name == NamedNode(graph))) for graph in graphs]

    publish(tmp_path, prepare(tmp_path, graph_digests(changed), read))
    assert asked == [GRAPHS[0].value]
    assert held(tmp_path) == expected(changed)
    publish(tmp_path, prepare(tmp_path, graph_digests(changed), read))
    assert asked == [GRAPHS[0].value]


@settings(max_examples=15)
@given(st.lists(quads, min_size=2, max_size=3))
def test_a_long_graph_is_changed_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, builds: list[list[Quad]]
) -> None:
    build = tmp_path_factory.mktemp("store")
    long = GRAPHS[0].value

    def read(graphs: Collection[str]) -> list[tuple[str, bytes]]:
        assert long not in graphs
        return [(graph, to_nquads(q for q in found if q.graph_name == NamedNode(graph))) for graph in graphs]

    def blocks() -> Iterator[tuple[str, bytes]]:
        lines = sorted(to_nquads(quad for quad in found if quad.graph_name == GRAPHS[0]).splitlines(keepends=True))
        while lines:
            size = next((n for n, line in enumerate(lines, 1) if zlib.crc32(line) % 3 == 0), len(lines))
            text = b"".join(lines[:size])
            yield hashlib.sha256(text).hexdigest(), zstandard.ZstdCompressor().compress(text)
            del lines[:size]

    fixed = [Quad(node, node, node, graph) for node in NODES for graph in GRAPHS[1:]]
    for some in builds:
        found = list(dict.fromkeys([*fixed, Quad(*NODES, GRAPHS[0]), *some]))
        publish(build, prepare(build, graph_digests(found), read, {long: blocks}))
        assert held(build) == expected(found)


def test_the_same_graphs_have_the_same_name(tmp_path: Path) -> None:
    found = [Quad(node, node, node, graph) for node in NODES for graph in GRAPHS]
    names = set()
    for order in (found, found[::-1]):
        folder = tmp_path / str(len(names))
        store_quads(folder, order)
        names.add(current(folder))
    assert len(names) == 1


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    before, after = [Quad(*NODES, GRAPHS[0])], [Quad(*NODES[::-1], GRAPHS[0])]
    store_quads(tmp_path, before)
    with open_store(tmp_path) as store:
        store_quads(tmp_path, after)
        assert list(store.quads_for_pattern(None, None, None, GRAPHS[0])) == before
        assert held(tmp_path) == expected(after)
    clean(tmp_path)
    assert [path.name for path in (tmp_path / FOLDER).iterdir() if path.is_dir()] == [current(tmp_path)]


def test_a_writer_killed_in_between_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    before = [Quad(*NODES, GRAPHS[0])]
    store_quads(tmp_path, before)
    code = """
import os, signal, sys
from pathlib import Path
from kg.store import prepare
graph = "http://example.org/g9"
def read(graphs):
    yield graph, f"<{graph}> <{graph}> <{graph}> <{graph}> .\\n".encode()
    os.kill(os.getpid(), signal.SIGKILL)
prepare(Path(sys.argv[1]), {graph: "x"}, read)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    assert done.returncode == -9
    assert held(tmp_path) == expected(before)
    assert any(path.name.startswith(".new-") for path in (tmp_path / FOLDER).iterdir())
    store_quads(tmp_path, before)
    assert [path.name for path in (tmp_path / FOLDER).iterdir() if path.is_dir()] == [current(tmp_path)]


@pytest.mark.parametrize("harm", ["missing", "emptied", "named wrongly"])
def test_a_damaged_store_is_reported_and_built_anew(tmp_path: Path, harm: str) -> None:
    found = [Quad(*NODES, GRAPHS[0])]
    store_quads(tmp_path, found)
    folder = tmp_path / FOLDER
    match harm:
        case "missing":
            shutil.rmtree(folder / str(current(tmp_path)))
        case "emptied":
            shutil.rmtree(folder / str(current(tmp_path)) / "quads")
        case _:
            (folder / "current").write_text("../../etc\n")
    with pytest.raises(OutputError, match="run 'kg build' again"):
        open_store(tmp_path)
    store_quads(tmp_path, found)
    assert held(tmp_path) == expected(found)


def test_an_update_keeps_the_merged_graph(tmp_path: Path) -> None:
    shared = [Quad(*NODES, graph) for graph in GRAPHS[:2]]
    store_quads(tmp_path, shared)
    update_store(tmp_path, "DROP GRAPH <http://example.org/g0>")
    assert held(tmp_path) == expected(shared[1:])
    update_store(tmp_path, "DROP GRAPH <http://example.org/g1>; INSERT DATA { <x:a> <x:b> <x:c> }")
    assert held(tmp_path) == ([], ["<x:a> <x:b> <x:c>"])
    with pytest.raises(SyntaxError):
        update_store(tmp_path, "INSERT")
    assert held(tmp_path) == ([], ["<x:a> <x:b> <x:c>"])
    store_quads(tmp_path, shared)
    assert held(tmp_path) == expected(shared)


def test_the_store_of_a_build_holds_its_file(built: Path) -> None:
    file = list(parse(path=str(built / "kg.nq"), format=RdfFormat.N_QUADS))
    assert held(built) == expected(file)
