"""The embedded triple store of a build: an Oxigraph on disk, brought up to date graph by graph.

`store/current` names the generation that readers open: a folder that nothing writes to any more. A change is made
in a new generation, which starts as a snapshot of hard links of the one before; then `current` is replaced by one
rename. So a reader never sees half a build, and a killed writer leaves nothing but a folder that the next one
removes. The default graph holds every triple once, as the merged graph; each named graph holds its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType

import zstandard
from pyoxigraph import Store

from kg.errors import OutputError
from kg.loading import Piece, change, lines_of, load, remove
from kg.merging import merge, merge_graphs, touched
from kg.vocab import PREFIXES

FOLDER, CURRENT = "store", "current"
_QUADS, _GRAPHS, _NEW, _LOCK = "quads", "graphs.json", ".new-", ".lock"
_ATTEMPTS = 5  # a reader may lose a race with a writer's cleaning, each time to a newer generation

Digests = Mapping[str, str]  # graph IRI → hash of its quads
ReadGraphs = Callable[[Collection[str]], Iterable[Piece]]
Block = tuple[str, bytes]
"""Some lines of a graph, packed with zstd, and a name that no other lines have."""
Long = Callable[[], Iterable[Block]]
_NONE: Mapping[str, Long] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is open for reading; it stays on disk for as long as this is held."""

    store: Store
    generation: str
    _lock: int

    def close(self) -> None:
        """Let the generation go, so that it can be removed once it is an old one."""
        os.close(self._lock)

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def current(build: Path) -> str | None:
    """The name of the generation that readers open, or None where a build has no store."""
    try:
        return (build / FOLDER / CURRENT).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def open_store(build: Path) -> Opened:
    """The current generation of a build's store; raises OutputError where there is none that can be read."""
    reason = "there is no store"
    for _ in range(_ATTEMPTS):
        generation = current(build)
        if generation is None:
            break
        folder = build / FOLDER / Path(generation).name
        try:
            lock = _held(folder)
        except OSError as error:
            reason = error.strerror or str(error)
            continue
        try:
            return Opened(Store.read_only(str(folder / _QUADS)), generation, lock)
        except OSError as error:
            os.close(lock)
            reason = str(error)
    raise OutputError(f"{build / FOLDER}: cannot be opened ({reason}); run 'kg build' again")


def prepare(build: Path, graphs: Digests, read: ReadGraphs, long: Mapping[str, Long] = _NONE) -> str:
    """Make the generation that holds exactly `graphs`, without showing it to readers; returns its name.

    `read` gives the N-Quads of the graphs that it is asked for: those that are new or have changed, or all where
    there is nothing to start from. Graphs that are long and change a little with every build are given by `long`
    instead, in blocks of whole lines with the subjects in order; a generation keeps these, so that only what differs
    is read and written. A generation is named by its contents, so that nothing is done where they are the same.
    Raises OutputError where the folder cannot be written.
    """
    folder = build / FOLDER
    name = hashlib.sha256(json.dumps(sorted(graphs.items())).encode()).hexdigest()[:16]
    if (folder / name / _GRAPHS).is_file() and (folder / name / _QUADS / "CURRENT").is_file():
        return name
    shutil.rmtree(folder / name, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f"{_NEW}{name}-{os.getpid()}"
        new.mkdir()
        try:
            for graph, blocks in long.items():
                _keep(_kept(new, graph), blocks())
            _fill(build, new, graphs, read, long)
            (new / _GRAPHS).write_text(json.dumps(dict(sorted(graphs.items()))), encoding="ascii")
            new.rename(folder / name)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write the store ({error}); check the folder's permissions and space"
        ) from error
    return name


@contextmanager
def writing(build: Path) -> Iterator[None]:
    """Keep other writers of a build's store waiting while the block runs; readers never wait."""
    (build / FOLDER).mkdir(parents=True, exist_ok=True)
    handle = os.open(build / FOLDER / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def publish(build: Path, generation: str) -> None:
    """Let readers open `generation` from now on, and remove those that nobody reads."""
    folder = build / FOLDER
    aside = folder / f"{_NEW}{CURRENT}"
    aside.write_text(generation + "\n", encoding="ascii")
    aside.replace(folder / CURRENT)
    clean(build)


def clean(build: Path) -> None:
    """Remove what killed writers left, and every generation but the current one that nobody holds open."""
    kept = current(build)
    for path in (build / FOLDER).iterdir():
        if path.is_dir() and path.name != kept and not _in_use(path):
            shutil.rmtree(path, ignore_errors=True)


def update_store(build: Path, update: str) -> str:
    """Apply a SPARQL update in a new generation, all of it or nothing, and publish that; returns its name.

    The default graph is then made the merged graph again. An update that only drops graphs, adds and takes triples
    costs what it changes; for any other the whole store is read. The next `kg build` puts back what the articles
    say. Raises SyntaxError where the update does not parse.
    """
    with writing(build), open_store(build) as before:
        generation = current(build) or ""
        name = hashlib.sha256(json.dumps([generation, update]).encode()).hexdigest()[:16]
        new = build / FOLDER / f"{_NEW}{name}-{os.getpid()}"
        new.mkdir()
        try:
            before.backup(new / _QUADS)
            store = Store(str(new / _QUADS))
            store.update(update, prefixes=dict(PREFIXES))
            graphs = touched(update)
            merge(before, store) if graphs is None else merge_graphs(before, store, graphs)
            store.flush()
            del store
            (new / _GRAPHS).write_text("{}", encoding="ascii")
            new.rename(build / FOLDER / name)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        publish(build, name)
    return name


def _fill(build: Path, new: Path, graphs: Digests, read: ReadGraphs, long: Collection[str]) -> None:
    """Write the store: from the current generation where it shares half of the graphs, else from nothing."""
    path = new / _QUADS
    with _base(build) as (before, base, place):
        same = {graph for graph, digest in graphs.items() if before.get(graph) == digest}
        if base is None or 2 * len(same) < len(before) or 2 * len(same) < len(graphs):
            load(Store(str(path)), _pieces(sorted(graphs), read, new, long))
            return
        base.backup(path)
        store = Store(str(path))
        compared = {graph for graph in long if graph not in same and _places(_kept(place, graph)).exists()}
        outdated = [graph for graph in before if graph not in same and graph not in compared]
        remove(store, ((graph, lines_of(store, graph)) for graph in outdated))
        for graph in sorted(compared):
            old, now = _blocks(place, graph), _blocks(new, graph)
            gone, added = old.keys() - now.keys(), now.keys() - old.keys()
            change(store, graph, _text(place, graph, gone), _text(new, graph, added))
    load(store, _pieces(sorted(set(graphs) - same - compared), read, new, long))


def _pieces(graphs: Sequence[str], read: ReadGraphs, new: Path, long: Collection[str]) -> Iterator[Piece]:
    yield from read([graph for graph in graphs if graph not in long])
    for graph in graphs:
        if graph in long:
            yield from ((graph, piece) for piece in _text(new, graph))


def _kept(generation: Path, graph: str) -> Path:
    """Where a generation keeps the blocks of a long graph; the table beside it tells where each one stands."""
    return generation / f"{hashlib.sha256(graph.encode()).hexdigest()[:16]}.nq.zst"


def _keep(path: Path, blocks: Iterable[Block]) -> None:
    places: dict[str, tuple[int, int]] = {}
    at = 0
    with path.open("xb") as file:
        for name, data in blocks:
            file.write(data)
            places[name] = (at, len(data))
            at += len(data)
    _places(path).write_text(json.dumps(places), encoding="ascii")


def _places(path: Path) -> Path:
    return path.with_suffix(".json")


def _blocks(generation: Path, graph: str) -> dict[str, tuple[int, int]]:
    """The blocks of a long graph in their order: where each one stands, and how long it is."""
    found = json.loads(_places(_kept(generation, graph)).read_text(encoding="ascii"))
    return {name: (at, size) for name, (at, size) in found.items()}


def _text(generation: Path, graph: str, chosen: Collection[str] | None = None) -> Iterator[bytes]:
    """The text of a long graph, or of some blocks of it, in pieces of whole lines."""
    expand = zstandard.ZstdDecompressor().decompress
    with _kept(generation, graph).open("rb") as file:
        for name, (at, size) in _blocks(generation, graph).items():
            if chosen is None or name in chosen:
                file.seek(at)
                yield expand(file.read(size))


@contextmanager
def _base(build: Path) -> Iterator[tuple[dict[str, str], Store | None, Path]]:
    """The current generation, its graphs' hashes and its place; nothing where it is missing or damaged."""
    try:
        opened = open_store(build)
    except OutputError:
        yield {}, None, build
        return
    place = build / FOLDER / opened.generation
    try:
        before = json.loads((place / _GRAPHS).read_text(encoding="ascii"))
    except (OSError, ValueError):
        before = {}
    try:
        yield before, opened.store if before else None, place
    finally:
        opened.close()


def _held(folder: Path) -> int:
    """A shared lock on a generation, as a file descriptor; raises OSError where it is gone."""
    handle = os.open(folder / _GRAPHS, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    if not (folder / _GRAPHS).exists():  # removed between opening and locking
        os.close(handle)
        raise FileNotFoundError(2, "a newer store has replaced it", str(folder))
    return handle


def _in_use(folder: Path) -> bool:
    try:
        handle = os.open(folder / _GRAPHS, os.O_RDONLY)
    except OSError:
        return False  # never finished, so nobody reads it; its writer is gone, for builds hold a lock
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
