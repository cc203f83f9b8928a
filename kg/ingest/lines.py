"""JSON Lines: one object a line, one article each; a line that is none is told with its number."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.ingest.made import ForeignError, make_record, values_of
from kg.ingest.packed import Source
from kg.ingest.values import LONGEST_LINE, Broken, Inputs, RecordError
from kg.model import Article


def read_jsonl(source: Source, path: str, name: str, inputs: Inputs) -> Iterator[Article | Broken]:
    """The articles and broken lines of a JSON Lines file; empty lines are passed over."""
    number = 0
    try:
        for number, line in enumerate(_lines(source), 1):
            found = _article(line, number, path, name, inputs)
            if found is not None:
                yield found
    except RecordError as fault:
        yield Broken(path, number + 1, str(fault))


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
