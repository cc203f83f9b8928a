"""N-Quads in bulk: sorted, distinct lines, graph by graph, and files of any size in bounded memory.

The lines are those of `kg.rdf.to_nquads`: without blank nodes they are the canonical form, so that the same data
set is the same bytes however it was cut into parts.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from operator import eq
from pathlib import Path
from typing import IO

from kg.terms import Term, Triple

CHUNK = 64 * 1024 * 1024  # bytes of lines that are sorted in memory


def graph_nquads(triples: Iterable[Triple], graph: Term) -> bytes:
    """The sorted, distinct lines of one named graph."""
    # Code points sort as their bytes in UTF-8 do, and a line as it does with its end.
    lines = sorted(dict.fromkeys(map(" ".join, triples)))  # in the order of writing, which is half sorted
    end = f" {graph} .\n"
    return (end.join(lines) + end).encode() if lines else b""


def sorted_nquads(parts: Iterable[bytes]) -> bytes:
    """The lines of all parts, sorted and each once, in memory."""
    return b"".join(_sorted(parts))


def distinct(lines: list[bytes]) -> list[bytes]:
    """The lines, sorted in place, each once. Lines that come in sorted stretches take little more than a look."""
    lines.sort()
    if any(map(eq, lines, islice(lines, 1, None))):
        return list(dict.fromkeys(lines))
    return lines


def write_nquads(out: IO[bytes], parts: Iterable[bytes], folder: Path | None = None) -> int:
    """Write the lines of all parts, sorted and each once; the number of lines.

    More than `CHUNK` bytes of lines are sorted piece by piece in files of a temporary folder inside `folder`, which
    is gone afterwards; what is held in memory does not grow with the data.
    """
    with ExitStack() as stack:
        pieces: list[Iterator[bytes]] = []
        waiting: list[bytes] = []
        size = 0
        where: str | None = None
        for part in parts:
            waiting.append(part)
            size += len(part)
            if size >= CHUNK:
                where = where or stack.enter_context(tempfile.TemporaryDirectory(dir=folder))
                path = Path(where) / str(len(pieces))
                path.write_bytes(b"".join(_sorted(waiting)))
                pieces.append(iter(stack.enter_context(path.open("rb"))))
                waiting, size = [], 0
        rest = _sorted(waiting)
        if not pieces:
            out.write(b"".join(rest))
            return len(rest)
        return _merge(out, [*pieces, iter(rest)])


def _sorted(parts: Iterable[bytes]) -> list[bytes]:
    return distinct(b"".join(parts).splitlines(keepends=True))


def _merge(out: IO[bytes], pieces: Iterable[Iterator[bytes]]) -> int:
    count, last = 0, b""
    for line in heapq.merge(*pieces):
        if line != last:
            out.write(line)
            count, last = count + 1, line
    return count
