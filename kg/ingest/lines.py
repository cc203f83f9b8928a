"""JSON Lines: one object a line, one article each; a line that is none is told with its number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

from kg.ingest.made import ForeignError, make_record, values_of
from kg.ingest.packed import Source
from kg.ingest.recall import Block, Recall
from kg.ingest.values import LONGEST_LINE, Broken, Inputs, RecordError
from kg.model import Article

TOGETHER = 200  # lines that are recalled together …
AT_MOST = 1024 * 1024  # … unless they have more bytes
Lines = list[bytes | None]


def read_jsonl(
    source: Source, path: str, name: str, inputs: Inputs, recall: Recall | None = None
) -> Iterator[Article | Broken | Block]:
    """The articles and broken lines of a JSON Lines file; empty lines are passed over.

    Lines that `recall` knows come as blocks.
    """
    read = partial(_articles, path=path, name=name, inputs=inputs)
    number = 0
    for lines, fault in _together(source):
        if lines:
            yield from _recalled(lines, number + 1, name, partial(read, lines, number + 1), recall)
        number += len(lines)
        if fault is not None:
            yield Broken(path, number + 1, str(fault))


def _recalled(
    lines: Lines, first: int, name: str, read: Callable[[], Iterator[Article | Broken]], recall: Recall | None
) -> Iterator[Article | Broken | Block]:
    if recall is None or None in lines:
        yield from read()
        return
    data = b"\n".join(line for line in lines if line is not None)
    known = recall.known(name, first, data)
    if known is not None:
        yield Block(known, read)
        return
    found: list[Article] | None = []
    for item in read():
        yield item
        if isinstance(item, Broken):
            found = None
        elif found is not None:
            found.append(item)
    if found is not None:
        recall.keep(name, first, data, found)


def _articles(lines: Lines, first: int, path: str, name: str, inputs: Inputs) -> Iterator[Article | Broken]:
    for number, line in enumerate(lines, first):
        found = _article(line, number, path, name, inputs)
        if found is not None:
            yield found


def _together(source: Source) -> Iterator[tuple[Lines, RecordError | None]]:
    """Lines in blocks, whose limits depend on the lines before alone; with the last one what is wrong with the file."""
    lines: Lines = []
    size = 0
    try:
        for line in _lines(source):
            lines.append(line)
            size += len(line or b"")
            if len(lines) == TOGETHER or size >= AT_MOST:
                yield lines, None
                lines, size = [], 0
    except RecordError as fault:
        yield lines, fault
        return
    if lines:
        yield lines, None


def _article(line: bytes | None, number: int, path: str, name: str, inputs: Inputs) -> Article | Broken | None:
    if line is not None and not line.strip():
        return None
    try:
        return make_record(values_of(_object(line), inputs), file=name, position=number)
    except RecordError as fault:
        return Broken(path, number, str(fault), harmless=isinstance(fault, ForeignError))


def _object(line: bytes | None) -> dict[str, object]:
    if line is None:
        raise RecordError(f"the line is longer than {LONGEST_LINE / 1_048_576:g} MB; write one article on a line")
    try:
        content = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        raise RecordError(f"is not UTF-8 (byte {error.start} of the line); save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"is no JSON ({_said(error)}); write one object on a line") from error
    if not isinstance(content, dict):
        raise RecordError("is no JSON object; write the fields of an article between braces")
    return content


def _said(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error).splitlines()[0]


def _lines(source: Source) -> Iterator[bytes | None]:
    """The lines without their ends; None for one that is too long, of which nothing is kept."""
    pending, too_long = bytearray(), False
    while chunk := source.read():
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            pending += chunk[start:end]
            yield None if too_long or len(pending) > LONGEST_LINE else bytes(pending)
            pending, too_long, start = bytearray(), False, end + 1
        pending += chunk[start:]
        if len(pending) > LONGEST_LINE:
            pending, too_long = bytearray(), True
    if pending or too_long:
        yield None if too_long else bytes(pending)
