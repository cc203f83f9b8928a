"""A build in memory for those who work with tables: `kg.open("build").figures()` is a pandas frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Triple

from kg.errors import OutputError
from kg.query import Graph, Term
from kg.tables import read_table
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = frozenset(PREFIXES["xsd"] + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_FRACTIONS = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "double", "float"))


class Build:
    """A finished build. Frames are made anew on every call; they are the caller's to change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._graph = Graph.load(folder)

    @property
    def graph(self) -> Graph:
        """The build's graph, for queries without frames."""
        return self._graph

    def claims(self) -> pd.DataFrame:
        """The flat claims, one row each, by article and place; columns as in docs/tables.md."""
        return _frame(self._folder, "claims")

    def figures(self) -> pd.DataFrame:
        """One row per figure: one number of one origin, however often it is told."""
        return _frame(self._folder, "figures")

    def attribution(self) -> pd.DataFrame:
        """One row per step of each claim's chain of sources."""
        return _frame(self._folder, "attribution")

    def query(self, sparql: str) -> pd.DataFrame:
        """The rows of a SPARQL query, in its order; integers, decimals and booleans as such, all else as text.

        ASK gives one row with `answer`; CONSTRUCT and DESCRIBE give `subject`, `property` and `value`. Raises
        QueryError where the query cannot be answered.
        """
        pandas = _pandas()
        result = self._graph.run(sparql)
        if result.kind == "ask":
            answer: pd.DataFrame = pandas.DataFrame({"answer": [result.answer]})
            return answer
        names, rows = result.variables, result.rows
        if result.kind == "construct":
            names = ("subject", "property", "value")
            rows = tuple((t.subject, t.predicate, t.object) for t in sorted(result.triples, key=str))
        values = {name: [_value(row[at]) for row in rows] for at, name in enumerate(names)}
        frame: pd.DataFrame = pandas.DataFrame({name: _typed(pandas, column) for name, column in values.items()})
        return frame


def open_build(build: Path | str = "build") -> Build:
    """A finished build, to be read as tables; raises OutputError where there is none."""
    return Build(Path(build))


def _frame(build: Path, table: str) -> pd.DataFrame:
    pandas = _pandas()
    import pyarrow as pa

    types: dict[Any, Any] = {
        pa.string(): pandas.StringDtype(),
        pa.int32(): pandas.Int32Dtype(),
        pa.int64(): pandas.Int64Dtype(),
        pa.bool_(): pandas.BooleanDtype(),
    }
    frame: pd.DataFrame = read_table(build, table).to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def _value(term: Term | None) -> object:
    if term is None:
        return None
    if isinstance(term, Triple):
        return str(term)
    if not isinstance(term, Literal):
        return term.value
    kind = term.datatype.value
    try:
        if kind in _NUMBERS:
            return int(term.value)
        if kind in _FRACTIONS:
            return float(term.value)
    except ValueError:
        return term.value
    return term.value == "true" if kind == PREFIXES["xsd"] + "boolean" else term.value


def _typed(pandas: Any, column: list[object]) -> Any:
    """A column of one type where all its values are of one; a mixed one, and whole numbers too long, stay objects."""
    found = {type(value) for value in column if value is not None}
    names = {frozenset({int}): "Int64", frozenset({float}): "Float64", frozenset({int, float}): "Float64"}
    names |= {frozenset({bool}): "boolean", frozenset({str}): "string"}
    try:
        return pandas.array(column, dtype=names.get(frozenset(found), "object"))
    except OverflowError:
        return pandas.array(column, dtype="object")


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise OutputError("frames need pandas; install conflict-claims[frame]") from error
    return pandas
