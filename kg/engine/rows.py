"""What the processes of a cluster do with rows: the functions of one article, one number and one group, on frames.

Everything here is a pure function of rows, and knows nothing of who brings them together (`kg.engine.spark`). A row
of the relations has a kind: a `NUMBER` or `GROUP` on its way to those of its key, or something `FOUND`.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.engine.job import LateError, checked, read, rows_from_bytes, time_box
from kg.errors import ArticleError, KgError
from kg.gazetteer import names_beside, using
from kg.graph.relations import by_scope, scope_nquads
from kg.ingest import Broken, Inputs
from kg.ingest.made import ForeignError, make_record, values_of
from kg.ingest.reading import broken_file, read_file
from kg.ingest.values import RecordError
from kg.iri import graph_iri, relations_iri
from kg.model import Article
from kg.relation_model import Derived, Figure, Relation, Relations
from kg.relations import items, settled
from kg.relations.stages import Found, across, join
from kg.relations.stages import read as read_page
from kg.relations.stored import from_bytes
from kg.validate import FAST
from kg.vocab import axioms, code, shortcuts
from kg.work import Worked, without

if TYPE_CHECKING:
    from pandas import DataFrame

NUMBER, GROUP, FOUND = "number", "group", "found"
OPENED = "article binary, broken string"
WORKED = "article string, file_name string, sha256 string, graph string, quads string, records string, drops string, \
entries string, names string, counts string, lost string, results string"
RELATED = "kind string, key string, place string, graph string, data binary"
_WORKED = tuple(column.split()[0] for column in WORKED.split(","))
_RELATED = tuple(column.split()[0] for column in RELATED.split(","))
AT_ONCE = 64  # articles of a frame
_ROWS = 500  # of relations that are handed on together


class Opening:
    """Rows with paths of files → rows with the articles in them, and with what is broken."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        for frame in frames:
            opened = (_opened(found) for path in frame["path"] for found in self._articles(Path(path)))
            while rows := list(islice(opened, AT_ONCE)):
                yield _frame(rows, ("article", "broken"))

    def _articles(self, path: Path) -> Iterator[Article | Broken]:
        try:
            yield from read_file(path, self.inputs)
        except ArticleError as error:
            if self.inputs.strict is not False:
                raise
            yield broken_file(path, error)


class Recording:
    """Rows of a table that Spark has read → rows with the articles that they are, and with what is broken."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        for frame in frames:
            rows = ({str(name): _value(value) for name, value in row.items()} for row in frame.to_dict("records"))
            yield _frame((_opened(self._article(row)) for row in rows), ("article", "broken"))

    def _article(self, row: dict[str, Any]) -> Article | Broken:
        file = str(row.pop("file"))
        try:
            return make_record(values_of(row, self.inputs), file=file, position=None)
        except RecordError as fault:
            return Broken(file, None, str(fault), harmless=isinstance(fault, ForeignError))


def _opened(found: Article | Broken) -> tuple[bytes | None, str]:
    return (None, str(found)) if isinstance(found, Broken) else (pickle.dumps(found, protocol=5), "")


class Reading:
    """Rows with articles → rows of what they yield."""

    def __init__(self, folder: Path | None, timeout: float) -> None:
        self.folder, self.timeout = folder, timeout

    def __call__(self, frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
        names: AbstractContextManager[object] = using(names_beside(self.folder)) if self.folder else nullcontext()
        with names:
            for frame in frames:
                yield _frame(self._worked(zip(frame["article"], frame["broken"], strict=True)), _WORKED)

    def _worked(self, rows: Iterable[tuple[bytes | None, str]]) -> Iterator[tuple[Any, ...]]:
        done: list[tuple[Article, Worked, str]] = []
        for data, broken in rows:
            if broken or data is None:
                # A broken record ends no build of millions: it is told with the lost ones, and has no graph.
                yield ("", *[""] * 8, "{}", broken, "[]")
                continue
            article = pickle.loads(data)  # noqa: S301 - written by the step before in the same build
            done.append((article, *self._read(article)))
        results = checked(((worked, article) for article, worked, _ in done), FAST)
        for article, worked, lost in done:
            graph = graph_iri(article.id)
            yield _worked_row(worked, graph, lost, results.get(graph, b"[]"))

    def _read(self, article: Article) -> tuple[Worked, str]:
        try:
            with time_box(self.timeout):
                return read(article)
        except LateError:
            reason = f"Reading it took longer than {self.timeout:g} seconds."
            return without(article, reason), reason


def related_alone(frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The entries of articles, a page a row → what each article yields for the relations."""
    for frame in frames:
        yield from _handed_on(_row(f) for data in frame["entries"] for f in read_page(from_bytes(data.encode())))


def related_by_number(frame: DataFrame) -> DataFrame:
    """The mentions of one number → their figures, and what those yield."""
    ordered = frame.sort_values("place", kind="stable")
    return _frame((_row(found) for found in join(map(pickle.loads, ordered["data"]))), _RELATED)


def related_by_group(key: tuple[Any, ...], frames: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """The items of one group, which come in their order in frames of bounded size → what is found across them."""
    found: Iterable[Relation | Derived] = across(str(key[0]), _in_order(frames))
    if items.parts_of(str(key[0]))[0] == items.ARTICLE:
        within = settled(found)
        found = (*within.relations, *within.derived)
        yield _frame(_followed(within.relations), _RELATED)
    yield from _handed_on(map(_row, found))


def _in_order(frames: Iterable[DataFrame]) -> Iterator[object]:
    last = ""
    for frame in frames:
        for place, data in zip(frame["place"], frame["data"], strict=True):
            if place < last:
                raise KgError("the items of a group did not come in their order; please report this")
            last = place
            yield pickle.loads(data)  # noqa: S301 - written by the step before in the same build


def _row(found: Found) -> tuple[Any, ...]:
    if isinstance(found, items.Item):
        kind = NUMBER if found.sort == items.NUMBER else GROUP
        return kind, found.key, found.order, "", pickle.dumps(found.value, protocol=5)
    match found:
        case Figure():
            name, given = ["figure", found.name], Relations((found,), (), ())
        case Relation():
            name = ["relation", found.type, found.rule, found.source, *found.targets]
            given = Relations((), (found,), ())
        case Derived():
            name, given = ["derived claim", found.rule, found.label, *found.premises], Relations((), (), (found,))
    return _found(name, given)


def _followed(relations: Iterable[Relation]) -> Iterator[tuple[Any, ...]]:
    """What follows from several relations of one article together: transitive ones are only ever of one."""
    chained = [r for r in relations if str(shortcuts()[str(code("relation-type", r.type))]) in axioms().transitive]
    if len(chained) > 1:
        yield _found(["chain", chained[0].scope], Relations((), tuple(chained), ()))


def _found(name: list[str], given: Relations) -> tuple[Any, ...]:
    (scope,) = by_scope(given)
    lines = scope_nquads(scope)
    return FOUND, json.dumps(name, ensure_ascii=False), scope.name, relations_iri(scope.name), lines


def _handed_on(rows: Iterable[tuple[Any, ...]]) -> Iterator[DataFrame]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS:
            yield _frame(batch, _RELATED)
            batch = []
    yield _frame(batch, _RELATED)


def _worked_row(worked: Worked, graph: str, lost: str, results: bytes) -> tuple[Any, ...]:
    values = asdict(worked) | {"graph": graph, "lost": lost, "results": results, "counts": json.dumps(worked.counts)}
    texts = (values[name] for name in _WORKED)
    return tuple(value.decode() if isinstance(value, bytes) else value for value in texts)


def _frame(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(list(rows), columns=list(columns)).astype(object)


def _value(value: Any) -> Any:
    """A cell as plain Python: what a frame has for nothing is None."""
    return None if value is None or value != value else value


def results_of(texts: Iterable[str]) -> set[Any]:
    """The rows of validation reports."""
    return {row for text in texts for row in rows_from_bytes(text.encode())}
