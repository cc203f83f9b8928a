"""The named graphs of a build, one after the other, as sorted N-Triples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.errors import LoadError, OutputError
from kg.published import GRAPH, PACKED, published, reading
from kg.vocab import NS

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """One named graph: its triples as sorted, distinct lines of N-Triples."""

    name: str
    lines: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 hash of its lines."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """The graphs of a build, under their own names or under another prefix."""

    build: Path
    prefix: str = ""

    def __post_init__(self) -> None:
        if self.prefix:
            named(self.prefix)

    def graphs(self) -> Iterator[NamedGraph]:
        """Every graph of the build, in the order of the names where the file is in that order.

        A plain `kg.nq`, which is sorted by subject, is held in memory; `kg.nq.zst`, which is sorted by graph, is
        not. Raises OutputError where the build is missing or damaged.
        """
        for name, quads in groupby(_by_graph(self.build), key=lambda quad: quad.graph_name):
            if not isinstance(name, NamedNode):
                raise OutputError(f"{self.build}: a triple stands in no named graph; run 'kg build' again")
            yield NamedGraph(self.name(name.value), tuple(sorted({f"{quad.triple} ." for quad in quads})))

    def name(self, graph: str) -> str:
        """What a graph of the build is called in the store."""
        return self.prefix + graph.removeprefix(str(NS[""])) if self.prefix else graph


def quads_of(build: Path) -> Iterator[Quad]:
    """The quads of a build, out of `kg.nq` or `kg.nq.zst`; raises OutputError where there is none to be read."""
    path = published(build, GRAPH)
    _check(path)
    try:
        with reading(path) as stream:
            yield from parse(stream, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise OutputError(f"{path}:{error.lineno}: is damaged ({error.msg}); run 'kg build' again") from error
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror or error}); run 'kg build' again") from error


def named(iri: str) -> NamedNode:
    """A node of that name; raises LoadError where it is no absolute IRI."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise LoadError(f"{iri!r} is no absolute IRI; give one that ends with a slash or hash") from error


def pieces(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in tuples of at most `size`."""
    rest = iter(items)
    while piece := tuple(islice(rest, size)):
        yield piece


def _by_graph(build: Path) -> Iterable[Quad]:
    if published(build, GRAPH).suffix == PACKED:
        return quads_of(build)
    return sorted(quads_of(build), key=lambda quad: str(quad.graph_name))


def _check(path: Path) -> None:
    """Raise OutputError where the file is not the one that its build wrote, as far as the build's manifest tells."""
    try:
        known = json.loads((path.parent / "manifest.json").read_bytes())["outputs"].get(path.name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{path.parent}: is no complete build (no manifest.json); run 'kg build' first") from error
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != known:
            raise OutputError(f"{path}: is not what the build's manifest describes; run 'kg build' again")
