"""Rows with what was found → rows with the results of validating it, graph by graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, Triple, parse

from kg.engine.facts import TYPED, typings
from kg.engine.job import rows_to_bytes, triples_of
from kg.engine.rows.frames import given, handed_on, plain
from kg.validate import FAST, NamedGraph, foreign_types, validate_graphs
from kg.validate.graphs import Node
from kg.vocab import NS

if TYPE_CHECKING:
    from pandas import DataFrame

WANTED = "key string, node string"
TYPES = "node string, type string"
CHECKED = "graph string, results string"
LONG = 100_000  # lines after which a graph goes on in another piece
_NODE = re.compile(f"^[^ ]+ [^ ]+ (<{re.escape(NS[''])}(?:{'|'.join(TYPED)})_[^>]+>) ".encode(), re.MULTILINE)
_CLAIM = f"<{NS['']}claim_".encode()


def wanted_nodes(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What was found → the nodes that it points at, whose classes others may know."""
    rows = given(frames, "key", "data")
    return handed_on(((key, node.decode()) for key, data in rows for node in sorted(set(_NODE.findall(data)))), WANTED)


def node_types(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What articles say of the classes of their nodes, as N-Triples → a row for each line, with its node."""
    lines = (line for (text,) in given(frames, "types") for line in text.splitlines())
    return handed_on(((line.partition(" ")[0], line) for line in lines), TYPES, 5_000)


def checked_graphs(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """What was found, graph after graph, with the classes of nodes that it points at → each graph's results, if any.

    A graph that is too long for a process goes in pieces of whole relations, computed claims first. Which totals
    supersede one another in a circle is then looked for in each piece.
    """
    rows = given(frames, "graph", "data", "types")
    pieces = (piece for name, parts in groupby(rows, key=itemgetter(0)) for piece in _pieces(name, parts))
    space = len(str(NS[""])) + 1
    results = ((name[space:-1], rows_to_bytes(found).decode()) for name, found in validate_graphs(pieces, {}, FAST))
    return handed_on((row for row in results if row[1] != "[]"), CHECKED)


def _pieces(name: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[NamedGraph]:
    parts: list[bytes] = []
    types: set[str] = set()
    earlier: set[str] = set()  # classes of the claims in earlier pieces
    lines = 0
    for _, data, typed in rows:
        parts.append(data)
        types.update((plain(typed) or "").splitlines())
        lines += data.count(b"\n")
        if lines >= LONG:
            yield _graph(name, parts, types | earlier)
            own = typings(b"".join(parts), name).decode().splitlines()
            earlier.update(line for line in own if line.encode().startswith(_CLAIM))
            parts, types, lines = [], set(), 0
    if parts:
        yield _graph(name, parts, types | earlier)


def _graph(name: str, parts: Sequence[bytes], lines: Iterable[str]) -> NamedGraph:
    triples = tuple(dict.fromkeys(triples_of(b"".join(parts))))
    types: dict[Node, list[Triple]] = {}
    for quad in parse("\n".join(sorted(lines)), format=RdfFormat.N_TRIPLES):
        types.setdefault(quad.subject, []).append(quad.triple)
    return NamedGraph(f"<{NS[name]}>", triples, tuple(dict.fromkeys(foreign_types(triples, types))))
