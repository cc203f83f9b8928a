"""Rows with what is known of graphs → lines of the data set's description; and what of the graphs it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.dataset import GRAPH, Contents, Source, description
from kg.engine.facts import ALONE, shared
from kg.engine.rows.frames import given, handed_on
from kg.iri import article_iri, relations_iri
from kg.nquads import graph_nquads
from kg.terms import node

if TYPE_CHECKING:
    from pandas import DataFrame

LINES = "line string"
HASHES = "hash bigint"
PARTS = {"kg.nq": "application/n-quads"}  # the files of the graph: a folder of parts
_AT_ONCE = 500


def lines_of(held: Contents, versions: Mapping[str, str]) -> dict[str, None]:
    """The lines of a description."""
    parts = (graph_nquads(part.triples(), node(GRAPH)) for part in description(held, versions))
    return dict.fromkeys(line for part in parts for line in part.decode().split("\n") if line)


class Describing:
    """Rows with some of a data set's graphs → the lines that describe them, in the data set and by themselves.

    No name in a description depends on all graphs, so that that of many is the lines of those of each.
    """

    def __init__(self, versions: Mapping[str, str]) -> None:
        self.versions = versions

    def articles(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        """The same of articles' graphs."""
        rows = given(frames, "article", "file_name", "sha256", "triples", "graph")
        return self._lines((Source(a, file, digest, n, g, article_iri(a)) for a, file, digest, n, g in rows), ())

    def relations(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        """The same of graphs of relations."""
        return self._lines((), given(frames, "place", "triples"))

    def _lines(self, sources: Iterable[Source], scopes: Iterable[tuple[str, int]]) -> Iterator[DataFrame]:
        none = lines_of(Contents((), (), 0, frozenset(), PARTS), self.versions)
        sources, scopes = iter(sources), iter(scopes)
        while True:
            some = sorted(islice(sources, _AT_ONCE), key=attrgetter("graph"))
            few = sorted(islice(scopes, _AT_ONCE), key=lambda scope: relations_iri(scope[0]))
            if not (some or few):
                return
            lines = lines_of(Contents(some, few, 0, frozenset(), PARTS), self.versions)
            yield from handed_on(((line,) for line in lines if line not in none), LINES, 5_000)


def article_hashes(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The hashes of triples that several graphs may hold, as articles have them → a row for each."""
    return (_numbers(one["shared"]) for one in frames)


def relation_hashes(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What was found → the same hashes."""
    return (_numbers(shared(data, graph, ALONE) for graph, data in given([one], "graph", "data")) for one in frames)


def _numbers(parts: Iterable[bytes]) -> DataFrame:
    import numpy as np
    import pandas as pd

    return pd.DataFrame({"hash": np.frombuffer(b"".join(parts), np.int64)})
