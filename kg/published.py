"""The files of a build, whether they are plain or packed with zstd (see docs/scale.md)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import OutputError

PACKED = ".zst"
GRAPH = "kg.nq"


def published(build: Path, name: str) -> Path:
    """The file of a build with this name, or with `.zst` behind it; raises OutputError where there is neither."""
    for path in (build / name, build / f"{name}{PACKED}"):
        if path.is_file():
            return path
    raise OutputError(f"{build / name}: there is no such file; run 'kg build ARTICLES --out {build}' first")


@contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file as a stream, unpacked. Raises OutputError, also inside the block, where it is damaged."""
    if path.suffix != PACKED:
        with path.open("rb") as file:
            yield file
        return
    import zstandard

    try:
        with (
            path.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as raw,
            io.BufferedReader(raw, 1 << 18) as stream,
        ):
            yield stream
    except zstandard.ZstdError as error:
        raise OutputError(f"{path}: is damaged ({error}); run 'kg build' again") from error


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, unpacked, without their line breaks; memory is that of the longest."""
    with reading(path) as stream:
        rest = b""
        while piece := stream.read(1 << 20):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
        if rest:
            yield rest
