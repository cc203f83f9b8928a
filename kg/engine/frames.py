"""The graphs of a large build as one zstd file of many frames, which are copied where nothing in them has changed.

Graphs stand in the order of their names. A frame ends after a graph whose name hashes to a multiple of `EACH`, or
when it is long: where frames end depends on the graphs beside it and on nothing else, so that a graph that is added,
changed or withdrawn changes its own frame and leaves the bytes of all others as they are. Any zstd reader reads the
file as one stream; `kg.nq.zst.tsv` tells where each frame stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import zstandard

EACH = 64  # graphs of an average frame
LONG = 40_000  # quads after which a frame ends all the same
LEVEL = 3
COLUMNS = ("first_graph", "quads", "offset", "length", "sha256", "content")


@dataclass(frozen=True, slots=True)
class Part:
    """One graph, or a piece of one that is long: its name, size and digest, and how its lines are had.

    `mark` is the name by which it ends a frame, where that is another than the graph's.
    """

    name: str
    quads: int
    digest: str
    lines: Callable[[], bytes]
    ends: bool = False  # a frame ends after it, whatever its name
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a frame stands in the file, and what is in it."""

    first: str
    quads: int
    offset: int
    length: int
    sha256: str  # of its bytes
    content: str  # of its graphs' digests, and of the compressor


@dataclass(slots=True)
class Frames:
    """The frames of a file that is being written.

    `before` is the file of the previous build, and `known` lists its frames, if any; a frame ends when it has `long`
    of the size of its parts.
    """

    before: Path
    known: list[Frame]
    long: int = LONG
    written: list[Frame] = field(default_factory=list)
    copied: int = 0

    def of(self, parts: Iterable[Part]) -> Iterator[bytes]:
        """The bytes of each frame, in order; afterwards `written` lists them."""
        old = {frame.content: frame for frame in self.known}
        offset = 0
        for group in _groups(parts, self.long):
            content = _content(group)
            data = self._copied(old.get(content))
            if data is None:
                text = b"".join(part.lines() for part in group)
                data = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(text)
            else:
                self.copied += 1
            quads = sum(part.quads for part in group)
            digest = hashlib.sha256(data).hexdigest()
            self.written.append(Frame(group[0].name, quads, offset, len(data), digest, content))
            offset += len(data)
            yield data

    def index(self) -> Iterator[bytes]:
        """The index of what was written, as a table."""
        yield ("\t".join(COLUMNS) + "\n").encode()
        for f in self.written:
            yield f"{f.first}\t{f.quads}\t{f.offset}\t{f.length}\t{f.sha256}\t{f.content}\n".encode()

    def _copied(self, frame: Frame | None) -> bytes | None:
        if frame is None:
            return None
        try:
            with self.before.open("rb") as file:
                file.seek(frame.offset)
                data = file.read(frame.length)
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == frame.sha256 else None


def index_path(file: Path) -> Path:
    """Where the index of a file of frames is."""
    return file.with_name(file.name + ".tsv")


def read_index(path: Path) -> list[Frame]:
    """The frames of an index; empty where there is none that can be read."""
    try:
        heading, *lines = path.read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        if tuple(heading.split("\t")) != COLUMNS:
            return []
        return [Frame(first, int(n), int(at), int(size), sha, content) for first, n, at, size, sha, content in rows]
    except (OSError, ValueError):
        return []


def stored_frames(path: Path, frames: Iterable[Frame]) -> Iterator[tuple[str, bytes]]:
    """What some frames of a file are made of, and their bytes."""
    with path.open("rb") as file:
        for frame in frames:
            file.seek(frame.offset)
            yield frame.content, file.read(frame.length)


def _groups(parts: Iterable[Part], long: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    quads = 0
    for part in parts:
        group.append(part)
        quads += part.quads
        if part.ends or quads >= long or _hash(part.mark or part.name) % EACH == 0:
            yield group
            group, quads = [], 0
    if group:
        yield group


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")


def _content(group: list[Part]) -> str:
    version = ".".join(map(str, zstandard.ZSTD_VERSION))
    names = "\n".join([f"zstd {version} {LEVEL}", *(f"{part.name} {part.digest}" for part in group)])
    return blake2b(names.encode(), digest_size=16).hexdigest()
