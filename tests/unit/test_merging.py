"""The merged graph after an update: what an update can change is read off it only where that is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.merging import merge, merge_graphs, touched

GRAPHS = [NamedNode(f"http://example.org/g{number}") for number in range(3)]
NODES = [NamedNode("http://example.org/a#b"), NamedNode("http://example.org/c"), NamedNode("http://example.org/d")]
VALUES = [
    NODES[0],
    Literal('a "quoted" } word'),
    Literal("GRAPH <http://example.org/g9> {"),
    Literal("it's # no comment", language="en"),
    Literal(12),
]

PLAIN = [
    ("DROP GRAPH <x:a>", {"x:a"}),
    ("drop silent graph<x:a> ; insert data{graph<x:b>{<x:s> <x:p> 1 , 'two'}}", None),  # a single quote: not read
    ("drop silent graph<x:a> ; insert data{graph<x:b>{<x:s> <x:p> 1 , 2}}", {"x:a", "x:b"}),
    ('INSERT DATA { GRAPH <x:a> { <x:s> <x:p> "}" } GRAPH <x:b> { } }', {"x:a", "x:b"}),
    ('DELETE DATA { GRAPH <x:a#b> { <x:s> <x:p> "\\\\" . <x:s> <x:p> "\\"" } }', {"x:a#b"}),
    ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } }; DROP ALL", None),
    ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } <x:s> <x:p> 2 }", None),
    ("INSERT DATA { <x:s> <x:p> 1 }", None),
    ("DELETE DATA { <x:s> <x:p> 1 . GRAPH <x:a> { <x:s> <x:p> 1 } }", None),
    ("DROP DEFAULT", None),
    ("CLEAR NAMED", None),
    ("DROP GRAPH kg:graph_a", None),
    ("PREFIX x: <x:> DROP GRAPH x:a", None),
    ("BASE <x:> DROP GRAPH <a>", None),
    ("COPY <x:a> TO <x:b>", None),
    ("DELETE WHERE { GRAPH <x:a> { <x:s> <x:p> ?o } }", None),
    ("WITH <x:a> DELETE { <x:s> <x:p> 1 } WHERE { }", None),
    ('INSERT DATA { GRAPH <x:a> { <x:s> <x:p> """b " } } ; DROP GRAPH <x:b> # """ } }', None),
    ('INSERT DATA { GRAPH <x:a> { <x:s> <x:p> "\\u0022 } } ; DROP ALL #" } }', None),
    ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } } # ; DROP ALL", None),
]


@pytest.mark.parametrize(("update", "graphs"), PLAIN)
def test_what_an_update_touches(update: str, graphs: set[str] | None) -> None:
    assert touched(update) == (None if graphs is None else frozenset(graphs))


quads = st.builds(
    Quad, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(VALUES), st.sampled_from(GRAPHS)
)


def _block(of: list[Quad]) -> str:
    return " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in of)


changes = st.one_of(
    st.sampled_from(GRAPHS).map("DROP SILENT GRAPH {}".format),
    st.lists(quads, min_size=1, max_size=4).map(lambda of: f"INSERT DATA {{ {_block(of)} }}"),
    st.lists(quads, min_size=1, max_size=4).map(lambda of: f"DELETE DATA {{ {_block(of)} }}"),
)


@given(st.lists(quads, max_size=12), st.lists(changes, min_size=1, max_size=4))
def test_reading_some_graphs_gives_what_reading_all_gives(held: list[Quad], updates: list[str]) -> None:
    update = " ;\n".join(updates)
    graphs = touched(update)
    assert graphs is not None
    before = _store(held)
    short, long = _store(held), _store(held)
    short.update(update)
    long.update(update)
    merge_graphs(before, short, graphs)
    merge(before, long)
    assert set(short) == set(long)
    named = {quad.triple for quad in short if isinstance(quad.graph_name, NamedNode)}
    assert named == {quad.triple for quad in short if not isinstance(quad.graph_name, NamedNode)}


def _store(held: list[Quad]) -> Store:
    store = Store()
    store.extend(held)
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in held)
    return store
