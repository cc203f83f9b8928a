"""One file (or standard input) to its articles, by its format."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError
from kg.ingest.archives import read_warc
from kg.ingest.charset import decoded
from kg.ingest.folders import STDIN
from kg.ingest.formats import Format, format_of, format_of_bytes, packing_of
from kg.ingest.lines import read_jsonl
from kg.ingest.made import ForeignError, make_record
from kg.ingest.packed import Source
from kg.ingest.pages import NoTextError, page_values
from kg.ingest.plain import SIDECAR, decode, make_article, read_article, read_sidecar
from kg.ingest.recall import Block, Recall
from kg.ingest.tables import read_parquet
from kg.ingest.values import LARGEST, LARGEST_PAGE, Broken, Inputs, RecordError
from kg.model import Article, Stated

_START = 4096


def read_file(path: Path, inputs: Inputs) -> Iterator[Article | Broken]:
    """The articles and broken records of one file; a plain file that is broken raises ArticleError."""
    return (item for item in read_blocks(path, inputs) if not isinstance(item, Block))


def read_blocks(path: Path, inputs: Inputs, recall: Recall | None = None) -> Iterator[Article | Broken | Block]:
    """The same; lines of a JSON Lines file that `recall` knows come as blocks."""
    if path == STDIN:
        yield from _read_stdin(inputs)
        return
    known = format_of(path)
    name = inputs.format or known.name or "text"
    if name == "text" and known.packing is None:
        yield read_article(path)
        return
    try:
        with _opened(path) as raw:
            if name == "parquet" and known.packing is None:
                yield from read_parquet(raw, str(path), path.name, inputs)
            else:
                yield from _read(Source(raw, known.packing), path, known._replace(name=name), inputs, recall)
    except ArticleError as error:
        yield broken_file(path, error)


def broken_file(path: Path, error: ArticleError) -> Broken:
    """A whole file that cannot be read, out of the error that says why."""
    match = re.fullmatch(rf"{re.escape(str(path))}(?::(\d+))?: (.*)", str(error), re.DOTALL)
    line = int(match[1]) if match and match[1] else None
    return Broken(str(path), line, match[2] if match else str(error), isinstance(error, ForeignError | NoTextError))


def _read_stdin(inputs: Inputs) -> Iterator[Article | Broken | Block]:
    """Standard input is known by its first bytes, where no format is given."""
    raw = sys.stdin.buffer
    start = Source(raw)
    packing = packing_of(start.peek(4))
    source = Source(_Joined(start), packing) if packing else start  # type: ignore[arg-type]  # read() is enough
    path = Path("stdin")
    try:
        name = inputs.format or format_of_bytes(source.peek(_START))
        yield from _read(source, path, Format(name, packing, "stdin"), inputs)
    except ArticleError as error:
        yield broken_file(path, error)


class _Joined:
    """A source as the stream that another one reads."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        return self._source.read(size) if size > 0 else self._source.read()


def _read(
    source: Source, path: Path, format: Format, inputs: Inputs, recall: Recall | None = None
) -> Iterator[Article | Broken | Block]:
    match format.name:
        case "jsonl":
            yield from read_jsonl(source, str(path), path.name, inputs, recall)
        case "parquet":
            yield from read_parquet(source, str(path), path.name, inputs)
        case "warc":
            yield from read_warc(source, str(path), path.name)
        case "html":
            yield _page(source, path, format.stem)
        case _:
            data = source.all(LARGEST)
            others = (_beside(path, format.stem),)
            text = decode(data, str(path))
            yield make_article(
                text, id=format.stem, file_name=path.name, data=data, where=str(path), others=others, stored=True
            )


def _page(source: Source, path: Path, stem: str) -> Article:
    values = page_values(decoded(source.all(LARGEST_PAGE)))
    beside = {key: stated.value for key, stated in _beside(path, stem).items()}
    return make_record(values | beside, file=path.name, position=None, id=stem)


def _beside(path: Path, stem: str) -> dict[str, Stated]:
    return read_sidecar(path.with_name(stem + SIDECAR))


def _opened(path: Path) -> BinaryIO:
    try:
        os.fsencode(path).decode()
        if not stat.S_ISREG(path.stat().st_mode):
            raise RecordError("is not a regular file; remove it or name it otherwise")
        return path.open("rb")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path!r}: the file's name is not UTF-8; rename the file") from error
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror}); check its permissions") from error
