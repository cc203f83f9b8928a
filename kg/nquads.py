"""N-Quads in bulk: sorted, distinct lines, graph by graph or together.

The lines are those of `kg.rdf.to_nquads`: without blank nodes they are the canonical form, so that the same data
set is the same bytes however it was cut into parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, compress, islice
from operator import eq, ne

from kg.terms import Term, Triple


def graph_nquads(triples: Iterable[Triple], graph: Term) -> bytes:
    """The sorted, distinct lines of one named graph."""
    lines = distinct(list(map(b" ".join, triples)))  # a line sorts as it does with its end
    lines.append(b"")
    return (b" %b .\n" % graph).join(lines)


def sorted_nquads(parts: Iterable[bytes]) -> bytes:
    """The lines of all parts, sorted and each once, in memory. A part is whole lines, with their ends."""
    lines: list[bytes] = []
    for part in parts:
        lines += part.split(b"\n")
        lines.pop()  # what stands after the last end
    lines = distinct(lines)
    lines.append(b"")
    return b"\n".join(lines)


def distinct(lines: list[bytes]) -> list[bytes]:
    """The lines, sorted in place, each once. Lines that come in sorted stretches take little more than a look."""
    lines.sort()
    if any(map(eq, lines, islice(lines, 1, None))):
        return list(compress(lines, map(ne, lines, chain(islice(lines, 1, None), (b"",)))))
    return lines
