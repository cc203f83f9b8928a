"""Lines of N-Quads into and out of an Oxigraph store whose default graph is the merged graph.

The lines are read outside the interpreter, by two threads. What a graph is changed to is compared with what it was
line by line, so that only the difference is written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby, islice

from pyoxigraph import NamedNode, RdfFormat, Store, serialize

THREADS = 2
_BATCH = 8 * 1_048_576  # bytes of lines that are loaded together
_GONE = 5_000  # lines that are removed together

Piece = tuple[str, bytes]
"""A graph's IRI and some of its N-Quads, whole lines."""


def load(store: Store, pieces: Iterable[Piece]) -> None:
    """Add the lines to their graphs and to the merged one; memory is that of a few batches."""
    with ThreadPoolExecutor(THREADS) as pool:
        running: deque[Future[None]] = deque()
        for quads, triples in _batches(pieces):
            running.append(pool.submit(_load, store, quads, triples))
            if len(running) > THREADS:
                running.popleft().result()
        for left in running:
            left.result()
    store.flush()


def change(store: Store, graph: str, old: Iterable[bytes], new: Iterable[bytes]) -> None:
    """Make a graph of a text into that of another; both have their subjects in order."""

    def added() -> Iterator[Piece]:
        size = 0
        for before, after in difference(old, new):
            gone.append(before)
            size += len(before)
            if size > _BATCH:
                _remove(store, graph, gone)
                size = 0
            if after:
                yield graph, after

    gone: list[bytes] = []
    load(store, added())
    _remove(store, graph, gone)


def _remove(store: Store, graph: str, gone: list[bytes]) -> None:
    remove(store, [(graph, b"".join(gone))])
    gone.clear()


def remove(store: Store, pieces: Iterable[Piece]) -> None:
    """Take the lines out of their graphs, and out of the merged one where no other graph has them."""
    for graph, data in pieces:
        triples = iter(_triples(graph, data).decode().split(" .\n")[:-1])
        while gone := list(islice(triples, _GONE)):
            # N-Triples and SPARQL spell terms alike.
            rows = "".join(f"({triple})\n" for triple in gone)
            store.update(f"DELETE DATA {{ GRAPH <{graph}> {{ {' . '.join(gone)} }} }}")
            store.update(
                f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES (?s ?p ?o) {{ {rows} }} "
                "FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
            )


def lines_of(store: Store, graph: str) -> bytes:
    """The N-Quads of a graph."""
    return serialize(store.quads_for_pattern(None, None, None, NamedNode(graph)), format=RdfFormat.N_QUADS) or b""


def difference(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """What has gone and what is new between two texts, a subject at a time; both have their subjects in order.

    >>> list(difference([b"<a> 1 .\\n<a> 2 .\\n<c> 1 .\\n"], [b"<a> 2 .\\n<b> 1 .\\n", b"<c> 1 .\\n"]))
    [(b'<a> 1 .\\n', b''), (b'', b'<b> 1 .\\n')]
    """
    first, second = _subjects(old), _subjects(new)
    before, after = next(first, None), next(second, None)
    while before or after:
        if after is None or (before is not None and before[0] < after[0]):
            assert before is not None  # noqa: S101 - one of the two is there
            yield _text(before[1]), b""
            before = next(first, None)
        elif before is None or after[0] < before[0]:
            yield b"", _text(after[1])
            after = next(second, None)
        else:
            if before[1] != after[1]:
                was, becomes = set(before[1]), set(after[1])
                yield _text(sorted(was - becomes)), _text(sorted(becomes - was))
            before, after = next(first, None), next(second, None)


def _text(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _subjects(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Name and lines of each subject; the closing bracket of a name would sort behind a digit."""
    lines = (line for piece in pieces for line in piece.split(b"\n") if line)
    for subject, own in groupby(lines, key=lambda line: line.partition(b" ")[0][:-1]):
        yield subject, list(own)


def _load(store: Store, quads: bytes, triples: bytes) -> None:
    store.bulk_load(quads, RdfFormat.N_QUADS)
    store.bulk_load(triples, RdfFormat.N_TRIPLES)


def _batches(pieces: Iterable[Piece]) -> Iterator[tuple[bytes, bytes]]:
    quads: list[bytes] = []
    triples: list[bytes] = []
    size = 0
    for graph, data in pieces:
        quads.append(data)
        triples.append(_triples(graph, data))
        size += len(data)
        if size >= _BATCH:
            yield b"".join(quads), b"".join(triples)
            quads, triples, size = [], [], 0
    if quads:
        yield b"".join(quads), b"".join(triples)


def _triples(graph: str, data: bytes) -> bytes:
    # Line breaks inside literals are escaped, so that this is the end of a line.
    return data.replace(f" <{graph}> .\n".encode(), b" .\n")
