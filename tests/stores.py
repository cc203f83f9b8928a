"""Triple stores of builds, filled with quads as a test has them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.loading import Piece
from kg.rdf import to_nquads
from kg.store import prepare, publish, writing


def store_quads(build: Path, quads: Sequence[Quad]) -> None:
    """Bring the store of a build to `quads`, all in named graphs, and publish it."""

    def read(graphs: Collection[str]) -> Iterator[Piece]:
        for graph in graphs:
            yield graph, to_nquads(quad for quad in quads if quad.graph_name == NamedNode(graph))

    with writing(build):
        publish(build, prepare(build, graph_digests(quads), read))


def graph_digests(quads: Iterable[Quad]) -> dict[str, str]:
    """A hash of each named graph of `quads`, whatever their order."""
    lines: dict[str, list[str]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            lines.setdefault(quad.graph_name.value, []).append(str(quad.triple))
    return {name: hashlib.sha256("\n".join(sorted(own)).encode()).hexdigest() for name, own in sorted(lines.items())}
