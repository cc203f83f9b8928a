"""The triple store of a build brought up to date: by this process for a few graphs, by one of its own for many.

A triple store that is loaded takes memory for its tables and for the names of all graphs; that goes with the process.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import zstandard

from kg.dataset import GRAPH
from kg.engine.facts import digest_of
from kg.engine.frames import LEVEL, index_path, read_index, stored_frames
from kg.engine.listing import Listing
from kg.engine.store import DamagedError, Store
from kg.errors import KgError
from kg.store import Block, prepare, publish, writing
from kg.vocab import NS

HERE = 2_000  # graphs that are brought in by this process
AT_ONCE = 1_000  # graphs that are told to the other process together
Told = tuple[str, str, str]
"""What it is told of a graph: name, key, digest."""
Lines = Callable[[], Iterable[bytes]]


@contextmanager
def served(listing: Listing, described: Lines | None, aside: Path, target: Path) -> Iterator[None]:
    """Prepare the triple store (`kg.store`) of the listed graphs, and show it when the block has put the files there.

    Of the store of the build that stands in `target` the graphs that are as they were stay; a new build has its own
    in `aside`. `described` gives the description of the data set; where it is None that is read from the packed file.
    """
    build = target if target.exists() else aside
    with writing(build):
        told = listing.columns("graph", "graph, key, digest")
        if described is None and sum(1 for _ in listing.columns("graph", "graph")) > HERE:
            generation = _beside(listing.store, aside, build, told)
        else:
            generation = _prepared(listing.store, aside, build, told, described)
        if build == aside:
            publish(build, generation)
            yield
        else:
            yield
            publish(build, generation)


def _prepared(store: Store, aside: Path, build: Path, told: Iterable[Told], described: Lines | None) -> str:
    space, file = str(NS[""]), aside / "kg.nq.zst"
    frames = [] if described else [frame for frame in read_index(index_path(file)) if frame.first == GRAPH]
    keys: dict[str, str] = {}
    digests: dict[str, str] = {}
    for graph, key, digest in told:
        keys[f"{space}{graph}"], digests[f"{space}{graph}"] = key, digest

    def read(names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        return ((name, store.whole(keys[name], "quads")) for name in names)

    def blocks() -> Iterable[Block]:
        if described is None:
            return stored_frames(file, frames)
        text = b"".join(described())
        return [(digest_of(text), zstandard.ZstdCompressor(level=LEVEL).compress(text))]

    digests[f"{space}{GRAPH}"] = digest_of("\n".join(name for name, _ in blocks()).encode())
    return prepare(build, digests, read, {f"{space}{GRAPH}": blocks})


def _beside(store: Store, aside: Path, build: Path, told: Iterable[Told]) -> str:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, store.folder, store.version, aside, build), daemon=True)
    process.start()
    theirs.close()
    try:
        rows = iter(told)
        while batch := list(islice(rows, AT_ONCE)):
            ours.send(batch)
        ours.send([])
        answer = ours.recv()
    except (EOFError, OSError) as error:
        raise KgError("filling the triple store ended its process; there may be too little memory") from error
    finally:
        ours.close()  # it ends when it hears nothing more
        process.join()
    if isinstance(answer, Exception):
        raise answer
    return str(answer)


def _serve(connection: Connection, folder: Path, version: str, aside: Path, build: Path) -> None:
    """The life of the other process; it ends with its parent."""

    def rows() -> Iterator[Told]:
        while batch := connection.recv():
            yield from batch

    told = list(rows())
    threading.Thread(target=_watch, args=(connection,), daemon=True).start()
    try:
        with closing(Store(folder, version)) as store:
            answer: str | Exception = _prepared(store, aside, build, told, None)
    except (KgError, DamagedError, OSError) as error:
        answer = error
    connection.send(answer)


def _watch(connection: Connection) -> None:
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)
