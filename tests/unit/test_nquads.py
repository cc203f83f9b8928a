"""Bulk writing: the same bytes as the small writer, however the data is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse

from kg.nquads import graph_nquads, sorted_nquads
from kg.rdf import to_nquads
from kg.terms import Triple, address, english, node, string

TEXTS = st.text(st.sampled_from('ab \n\r\t"\\.é😀\x85\u2028\uffff<>@^'), max_size=6)
TRIPLES = st.lists(
    st.tuples(
        st.sampled_from([node("a"), node("b")]),
        st.sampled_from([node("p"), node("q")]),
        TEXTS.map(string) | TEXTS.map(english) | TEXTS.map(address),
    ),
    max_size=12,
)


def quads(triples: list[Triple], graph: str) -> list[Quad]:
    lines = b"".join(b"%b %b .\n" % (b" ".join(triple), node(graph)) for triple in triples)
    return list(parse(lines, format=RdfFormat.N_QUADS))


@given(TRIPLES)
def test_a_graph_has_the_lines_of_the_small_writer(triples: list[Triple]) -> None:
    assert graph_nquads(triples, node("g")) == to_nquads(quads(triples, "g"))


@given(st.lists(TRIPLES, max_size=4))
def test_graphs_together_have_the_lines_of_the_small_writer(graphs: list[list[Triple]]) -> None:
    whole = to_nquads([quad for n, graph in enumerate(graphs) for quad in quads(graph, f"g{n % 2}")])
    assert sorted_nquads(graph_nquads(graph, node(f"g{n % 2}")) for n, graph in enumerate(graphs)) == whole
