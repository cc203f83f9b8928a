"""Rows with what is to be read → rows with articles → rows of what each yields."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.engine.facts import vocabularies
from kg.engine.job import LateError, checked, read, read_off, rows_from_bytes, time_box
from kg.engine.rows.frames import columns_of, frame, given, handed_on, plain
from kg.errors import ArticleError
from kg.gazetteer import names_beside, using
from kg.ingest import Broken, Inputs, left_out
from kg.ingest.made import ForeignError, make_record, values_of
from kg.ingest.reading import broken_file, read_file
from kg.ingest.repeated import Seen
from kg.ingest.values import RecordError
from kg.iri import graph_iri
from kg.model import Article
from kg.records import to_jsonl
from kg.validate import FAST, Row
from kg.work import Worked, without

if TYPE_CHECKING:
    from pandas import DataFrame

# `place` is the order of reading; `stub` tells two articles of one id apart; a `fault` is broken and not harmless.
OPENED = "article binary, stub binary, place string, broken string, drop string, fault boolean"
# An article has a graph; what is broken has neither, but a line of the drops and what is told of it (`lost`).
WORKED = "article string, file_name string, sha256 string, graph string, quads string, records string, drops string, \
entries string, names string, counts string, lost string, results string, signature binary, day string, text string, \
steps string, cells string, types string, shared binary, triples bigint, vocabularies string, stub binary, \
place string, fault boolean"
AT_ONCE = 64  # articles of a frame
_WORKED = tuple(tuple(column.split()) for column in WORKED.split(","))
_KINDS: Mapping[str, Any] = {"binary": b"", "bigint": 0, "boolean": False, "string": ""}
_Done = tuple[Article, Worked, Mapping[str, Any]]
_EMPTY = {name: _KINDS[kind] for name, kind in _WORKED} | {"counts": "[]", "results": "[]"}


class Opening:
    """Rows with numbers and paths of files → rows with the articles in them, and with what is broken."""

    def __init__(self, inputs: Inputs, top: Path) -> None:
        self.inputs, self.top = inputs, top

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        files = ((number, Path(path)) for number, path in given(frames, "number", "path"))
        found = ((n, i, path, item) for n, path in files for i, item in enumerate(self._articles(path)))
        return handed_on(
            (_opened(item, self.top, path, f"{n:09} {i:09}") for n, i, path, item in found), OPENED, AT_ONCE
        )

    def _articles(self, path: Path) -> Iterator[Article | Broken]:
        try:
            yield from read_file(path, self.inputs)
        except ArticleError as error:
            if self.inputs.strict is not False:
                raise
            yield broken_file(path, error)


class Recording:
    """Rows of a table that Spark has read, with their numbers → the same."""

    def __init__(self, inputs: Inputs, top: Path) -> None:
        self.inputs, self.top = inputs, top

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        for one in frames:
            rows = ({str(name): plain(value) for name, value in row.items()} for row in one.to_dict("records"))
            yield frame((self._row(row) for row in rows), OPENED)

    def _row(self, row: dict[str, Any]) -> tuple[Any, ...]:
        file, number = str(row.pop("file")), int(row.pop("number"))
        return _opened(self._article(file, row), self.top, Path(file), f"{number:019}")

    def _article(self, file: str, row: dict[str, Any]) -> Article | Broken:
        try:
            return make_record(values_of(row, self.inputs), file=file, position=None)
        except RecordError as fault:
            return Broken(file, None, str(fault), harmless=isinstance(fault, ForeignError))


def _opened(found: Article | Broken, top: Path, path: Path, place: str) -> tuple[Any, ...]:
    if isinstance(found, Broken):
        return None, b"", place, str(found), to_jsonl(left_out([found], top)).decode(), not found.harmless
    folder = path.relative_to(top).parent if path != top and path.is_relative_to(top) else Path()
    stub = replace(found, text=""), str(path), str(folder / found.file_name)
    return pickle.dumps(found, protocol=5), pickle.dumps(stub, protocol=5), place, "", "", False


class Repeating:
    """Rows with articles of ids that several have, in order of reading → those that are not read, as broken ones."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        rows = groupby(given(frames, "article", "place", "stub"), key=itemgetter(0))
        return handed_on((row for _, articles in rows for row in self._broken(articles)), WORKED)

    def _broken(self, rows: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[Any, ...]]:
        with closing(Seen()) as seen:
            for _, place, stub in rows:
                found = seen.checked(*pickle.loads(stub))  # noqa: S301 - written by a step before in the same build
                if isinstance(found, Broken):
                    drop = to_jsonl(left_out([found], self.top))
                    yield _row({"drops": drop, "lost": str(found), "fault": not found.harmless, "place": place})


class Reading:
    """Rows with articles → rows of what they yield."""

    def __init__(self, folder: Path | None, timeout: float) -> None:
        self.folder, self.timeout = folder, timeout

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        names: AbstractContextManager[object] = using(names_beside(self.folder)) if self.folder else nullcontext()
        with names:
            for one in frames:
                yield frame(self._worked(given([one], *columns_of(OPENED))), WORKED)

    def _worked(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        done: list[_Done] = []
        for data, stub, place, broken, drop, fault in rows:
            if data is None:
                # A broken record ends no build of millions: it is told with the lost ones, and has no graph.
                yield _row({"drops": drop, "lost": broken, "fault": fault, "place": place})
                continue
            article = pickle.loads(data)  # noqa: S301 - written by the step before in the same build
            worked, lost = self._read(article)
            done.append((article, worked, {"stub": stub, "place": place, "lost": lost}))
        for some in _apart(done):
            results = checked(((worked, article) for article, worked, _ in some), FAST)
            for article, worked, known in some:
                graph = graph_iri(article.id)
                yield _row({**_values(worked), **known, "graph": graph, "results": results.get(graph, b"[]")})

    def _read(self, article: Article) -> tuple[Worked, str]:
        try:
            with time_box(self.timeout):
                return read(article)
        except LateError:
            reason = f"Reading it took longer than {self.timeout:g} seconds."
            return without(article, reason), reason


def _apart(done: Iterable[_Done]) -> Iterable[list[_Done]]:
    """The articles in lists in which no two have the same id, for graphs are validated by their names."""
    lists: list[list[_Done]] = []
    times: Counter[str] = Counter()
    for one in done:
        name = one[0].id
        if times[name] == len(lists):
            lists.append([])
        lists[times[name]].append(one)
        times[name] += 1
    return lists


def _values(worked: Worked) -> dict[str, Any]:
    return {
        **asdict(worked),
        **read_off(worked),
        "counts": json.dumps(worked.counts),
        "triples": worked.quads.count(b"\n"),
        "vocabularies": " ".join(vocabularies(worked.quads)),
    }


def _row(values: Mapping[str, Any]) -> tuple[Any, ...]:
    known = {**_EMPTY, **values}
    texts = ((known[name], kind) for name, kind in _WORKED)
    return tuple(v.decode() if isinstance(v, bytes) and kind == "string" else v for v, kind in texts)


def results_of(texts: Iterable[str]) -> set[Row]:
    """The rows of validation reports."""
    return {row for text in texts for row in rows_from_bytes(text.encode())}
