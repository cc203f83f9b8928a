"""SPARQL over a built graph: one store, the union of all named graphs, and answers in four formats."""

from __future__ import annotations

import csv
import io
import json
import re
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from kg.errors import OutputError, QueryError
from kg.labels import printable as printable
from kg.misread import syntax_error
from kg.published import GRAPH, published, reading
from kg.questions import Question as Question
from kg.questions import Value, bound
from kg.questions import question as question
from kg.questions import questions as questions
from kg.rdf import to_turtle
from kg.store import current, open_store
from kg.vocab import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
FORMATS = ("table", "csv", "json", "turtle")


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: rows (SELECT), triples (CONSTRUCT, DESCRIBE) or yes and no (ASK)."""

    kind: str  # "select" | "construct" | "ask"
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[Triple, ...] = ()
    answer: bool | None = None


class Graph:
    """A loaded graph; queries see the merged graph, each triple once, and `GRAPH` sees each named graph by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def load(cls, build: Path) -> Graph:
        """The graph of a build: its store on disk, which opens at once, or its graph in memory where it has none.

        Raises OutputError where there is neither, or where it is damaged.
        """
        if current(build) is not None:
            opened = open_store(build)
            graph = cls(opened.store)
            weakref.finalize(graph, opened.close)
            return graph
        path = published(build, GRAPH)
        store = Store()
        try:
            with reading(path) as stream:
                store.bulk_load(input=stream, format=RdfFormat.N_QUADS)
            with reading(path) as stream:
                quads = parse(stream, format=RdfFormat.N_QUADS)
                store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        except SyntaxError as error:
            raise OutputError(f"{path}:{error.lineno}: is damaged ({error.msg}); run 'kg build' again") from error
        return cls(store)

    def run(self, sparql: str, name: str = "query") -> Result:
        """The answer to a query, in which the ontology's prefixes need no declaration.

        Rows come in the query's own order, which is fixed only by ORDER BY; triples are sorted when they
        are printed. Raises QueryError, which names the place, where the query does not parse, and where it
        asks for what cannot be had: a foreign function, a service that does not answer.
        """
        try:
            answer = self._store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=False)
            return _result(answer)
        except SyntaxError as error:
            raise QueryError(syntax_error(sparql, name, str(error))) from error
        except UnicodeEncodeError as error:
            raise QueryError(f"{name}: character {error.start + 1} is half a character; replace it") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"{name}: cannot be answered ({printable(str(error))}); change the query") from error

    def ask(self, name: str, values: Mapping[str, Sequence[Value]] | None = None) -> Result:
        """The answer to a named question, with values for its parameters; raises QueryError for unknown names."""
        asked = question(name)
        return self.run(bound(asked, values or {}), f"{asked.name}.rq")


def render(result: Result, style: str, width: int | None = None) -> str:
    """The answer as text: "table", "csv", "json" (W3C SPARQL results) or "turtle".

    A table is made for a terminal: names are shortened by the ontology's prefixes, and control characters
    and bidirectional marks are left out. The other formats keep every character. Raises QueryError where
    the format does not fit: Turtle is for triples, and triples have no other.
    """
    if style not in FORMATS:
        raise QueryError(f"there is no format {printable(style)!r}; use {', '.join(FORMATS)}")
    if (style == "turtle") != (result.kind == "construct") and style != "table":
        kinds = {"select": "a SELECT query has rows", "ask": "an ASK query has yes or no"}
        reason = kinds.get(result.kind, "a CONSTRUCT query has triples")
        raise QueryError(f"{reason}: print it as {'turtle' if result.kind == 'construct' else 'table, csv or json'}")
    match style:
        case "csv":
            return _csv(result)
        case "json":
            return _json(result)
        case "turtle":
            return to_turtle(result.triples).decode()
        case _:
            return _table(result, width)


def curie(iri: str) -> str:
    """An IRI shortened by the ontology's prefixes, or itself in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _result(answer: QueryBoolean | QuerySolutions | QueryTriples) -> Result:
    match answer:
        case QueryBoolean():
            return Result("ask", answer=bool(answer))
        case QueryTriples():
            return Result("construct", triples=tuple(answer))
        case QuerySolutions():
            variables = tuple(variable.value for variable in answer.variables)
            return Result("select", variables, tuple(tuple(row) for row in answer))


def _csv(result: Result) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(result.variables if result.kind == "select" else ["answer"])
    writer.writerows([_value(term) for term in row] for row in result.rows)
    if result.kind == "ask":
        writer.writerow(["true" if result.answer else "false"])
    return buffer.getvalue()


def _json(result: Result) -> str:
    if result.kind == "ask":
        content: dict[str, object] = {"head": {}, "boolean": result.answer}
    else:
        bindings = [
            {name: _binding(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
        content = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _binding(term: Term) -> dict[str, str]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case Literal(language=str() as language):
            return {"type": "literal", "value": term.value, "xml:lang": language}
        case Literal():
            plain = term.datatype.value == PREFIXES["xsd"] + "string"
            return {"type": "literal", "value": term.value} | ({} if plain else {"datatype": term.datatype.value})
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case _:
            return {"type": "triple", "value": str(term)}


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value


def _table(result: Result, width: int | None) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if result.kind == "ask":
        return "yes\n" if result.answer else "no\n"
    columns: Sequence[str] = result.variables if result.kind == "select" else ("subject", "property", "value")
    rows: Sequence[Sequence[Term | None]] = result.rows
    if result.kind == "construct":
        rows = [(row.subject, row.predicate, row.object) for row in sorted(result.triples, key=str)]
    table = Table(*columns)
    for row in rows:
        table.add_row(*(Text(printable(_shown(term))) for term in row))
    buffer = io.StringIO()
    Console(file=buffer, width=width or 10_000, color_system=None, legacy_windows=False).print(table)
    return buffer.getvalue() + f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _shown(term: Term | None) -> str:
    return curie(term.value) if isinstance(term, NamedNode) else _value(term)
