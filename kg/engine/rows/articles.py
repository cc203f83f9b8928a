"""Rows with what is to be read → rows with articles → rows of what each yields."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
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
from kg.ingest.values import RecordError
from kg.iri import graph_iri
from kg.model import Article
from kg.records import to_jsonl
from kg.validate import FAST, Row
from kg.work import Worked, without

if TYPE_CHECKING:
    from pandas import DataFrame

OPENED = "article binary, broken string, drop string"
# An article has a graph; what is broken has neither, but a line of the drops and what is told of it (`lost`).
WORKED = "article string, file_name string, sha256 string, graph string, quads string, records string, drops string, \
entries string, names string, counts string, lost string, results string, signature binary, day string, text string, \
steps string, cells string, types string, shared binary, triples bigint, vocabularies string"
AT_ONCE = 64  # articles of a frame
_WORKED = tuple(tuple(column.split()) for column in WORKED.split(","))
_EMPTY = {name: {"binary": b"", "bigint": 0}.get(kind, "") for name, kind in _WORKED}


class Opening:
    """Rows with paths of files → rows with the articles in them, and with what is broken; `top` is the corpus."""

    def __init__(self, inputs: Inputs, top: Path) -> None:
        self.inputs, self.top = inputs, top

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        paths = (Path(path) for (path,) in given(frames, "path"))
        found = (_opened(item, self.top) for path in paths for item in self._articles(path))
        return handed_on(found, OPENED, AT_ONCE)

    def _articles(self, path: Path) -> Iterator[Article | Broken]:
        try:
            yield from read_file(path, self.inputs)
        except ArticleError as error:
            if self.inputs.strict is not False:
                raise
            yield broken_file(path, error)


class Recording:
    """Rows of a table that Spark has read → rows with the articles that they are, and with what is broken."""

    def __init__(self, inputs: Inputs, top: Path) -> None:
        self.inputs, self.top = inputs, top

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        for one in frames:
            rows = ({str(name): plain(value) for name, value in row.items()} for row in one.to_dict("records"))
            yield frame((_opened(self._article(row), self.top) for row in rows), OPENED)

    def _article(self, row: dict[str, Any]) -> Article | Broken:
        file = str(row.pop("file"))
        try:
            return make_record(values_of(row, self.inputs), file=file, position=None)
        except RecordError as fault:
            return Broken(file, None, str(fault), harmless=isinstance(fault, ForeignError))


def _opened(found: Article | Broken, top: Path) -> tuple[bytes | None, str, str]:
    if isinstance(found, Broken):
        return None, str(found), to_jsonl(left_out([found], top)).decode()
    return pickle.dumps(found, protocol=5), "", ""


class Reading:
    """Rows with articles → rows of what they yield."""

    def __init__(self, folder: Path | None, timeout: float) -> None:
        self.folder, self.timeout = folder, timeout

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        names: AbstractContextManager[object] = using(names_beside(self.folder)) if self.folder else nullcontext()
        with names:
            for one in frames:
                yield frame(self._worked(given([one], *columns_of(OPENED))), WORKED)

    def _worked(self, rows: Iterable[tuple[bytes | None, str, str]]) -> Iterator[tuple[Any, ...]]:
        done: list[tuple[Article, Worked, str]] = []
        for data, broken, drop in rows:
            if data is None:
                # A broken record ends no build of millions: it is told with the lost ones, and has no graph.
                yield _row({"drops": drop, "lost": broken, "counts": "[]", "results": "[]"})
                continue
            article = pickle.loads(data)  # noqa: S301 - written by the step before in the same build
            done.append((article, *self._read(article)))
        results = checked(((worked, article) for article, worked, _ in done), FAST)
        for article, worked, lost in done:
            graph = graph_iri(article.id)
            told = {"graph": graph, "lost": lost, "results": results.get(graph, b"[]")}
            yield _row(_values(worked) | told)

    def _read(self, article: Article) -> tuple[Worked, str]:
        try:
            with time_box(self.timeout):
                return read(article)
        except LateError:
            reason = f"Reading it took longer than {self.timeout:g} seconds."
            return without(article, reason), reason


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
