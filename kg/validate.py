"""A built graph against its shapes, with pySHACL: the report as rows, a plain table and Turtle.

The shapes re-check every quotation against the text at its offsets. The texts are read from the articles' folder or
the build, compared with the hashes in the graph, and added to a copy of the graph as `kg:text`, which is not exported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from kg.errors import ArticleError, OutputError
from kg.iri import result_iri
from kg.paths import text_file
from kg.rdf import TYPE, boolean, integer, iri, node, string, to_turtle
from kg.vocab import NS, OA, T, definition_files, shape_files

Subject = NamedNode | BlankNode | OxLiteral | Triple
REPORT = "validation_report"


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One result: what is wrong with which node, in words for people, and where in which file it stands."""

    severity: str  # "Violation" | "Warning" | "Info"
    shape: str  # IRI
    focus: str
    words: str  # of the focus node's evidence; empty where it has none
    message: str
    file: str  # empty where the node stands in no article
    offset: int | None
    path: str = ""
    value: str = ""  # as N-Triples writes it
    component: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation."""

    conforms: bool
    rows: tuple[Row, ...]

    def to_turtle(self) -> bytes:
        """A `sh:ValidationReport` without blank nodes, the same bytes for the same results."""
        return to_turtle(_report_triples(self))

    def table(self) -> str:
        """One line for a person per result, or one line that says that there is none."""
        if not self.rows:
            return "The graph conforms to its shapes: no result.\n"
        lines = [
            f"{row.severity}: {row.message}\n  {row.file or 'no article'}{_at(row)}  {short(row.focus)}"
            f"  ({short(row.shape)}{_value(row)})"
            for row in self.rows
        ]
        return "".join(f"{line}\n" for line in [*lines, f"{len(self.rows)} results."])


def validate(quads: Iterable[Quad], texts: Mapping[str, str]) -> Report:
    """The report of pySHACL on each named graph of `quads`, with the article's text beside it.

    The graphs are checked one by one, for the shapes are local to an article. `texts` are by the IRI of the article;
    without one its quotations stay unchecked. Nothing is inferred but the classes and codes that the ontology defines.
    """
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
    types: dict[Subject, list[Triple]] = {}
    for typing in (triple for triples in graphs.values() for triple in triples if triple.predicate == TYPE):
        types.setdefault(typing.subject, []).append(typing)
    rows: set[Row] = set()
    for name in sorted(graphs):
        rows |= _validate_one(graphs[name], types, texts)
    return Report(not rows, tuple(sorted(rows, key=_order)))


def _validate_one(
    triples: Sequence[Triple], types: Mapping[Subject, Sequence[Triple]], texts: Mapping[str, str]
) -> set[Row]:
    own = {triple.subject for triple in triples if triple.predicate == TYPE}
    # Relations point at claims of other graphs: of those only the classes are needed, and nothing is reported.
    foreign = {triple.object for triple in triples if triple.object not in own and triple.object in types}
    data = _add(_PreparedGraph(bind_namespaces="none"), [*triples, *(t for term in foreign for t in types[term])])
    for article in set(data.subjects(T.sha256, None)):
        if str(article) in texts:
            data.add((article, T.text, Literal(texts[str(article)])))
    for triple in _definitions():
        data.add(triple)
    _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True, inference="none")
    if not isinstance(results, Graph):
        raise OutputError(f"the graph could not be validated: {results}")
    elsewhere = {_term(term) for term in foreign}
    found = [
        r for r in results.subjects(RDF.type, SH.ValidationResult) if results.value(r, SH.focusNode) not in elsewhere
    ]
    return {_row(results, result, data) for result in found}


def validate_build(build: Path, articles: Path) -> Report:
    """The report on a build's `kg.nq` with the texts of the folder `articles`.

    Raises OutputError where there is no build, ArticleError where an article's file is missing or has changed.
    """
    path = build / "kg.nq"
    try:
        quads = list(parse(path.read_bytes(), format=RdfFormat.N_QUADS))
    except OSError as error:
        raise OutputError(f"{path}: there is no such file; run 'kg build' first") from error
    except SyntaxError as error:
        raise OutputError(f"{path}:{error.lineno}: is damaged ({error.msg}); run 'kg build' again") from error
    return validate(quads, article_texts(quads, articles, build))


def article_texts(quads: Iterable[Quad], articles: Path, build: Path | None = None) -> dict[str, str]:
    """The texts of a graph's articles by the articles' IRIs, from the folder that they were read from.

    A text that the build keeps is read there; else a file is looked up by its name in the folder and its
    subfolders. Raises ArticleError where it is missing or its hash is not the one in the graph.
    """
    facts: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate in (iri(T.fileName), iri(T.sha256)) and isinstance(quad.subject, NamedNode):
            facts.setdefault(quad.subject.value, {})[quad.predicate.value] = _lexical(quad.object)
    return {
        article: _text(articles, known[str(T.fileName)], known[str(T.sha256)], build)
        for article, known in sorted(facts.items())
    }


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """The triples as an rdflib graph, for libraries that want one; no lexical form is changed."""
    return _add(Graph(bind_namespaces="none"), triples)


def short(name: str) -> str:
    """The local name of one of our nodes; a foreign IRI as it is."""
    return name.removeprefix(str(NS[""]))


class _PreparedGraph(Graph):
    """pySHACL puts the same query to every node: each is parsed once here, which saves nine tenths of the time."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> QueryResult:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **options)


@cache
def _prepared(sparql: str) -> Query:
    return prepareQuery(sparql)


def _add(graph: Graph, triples: Iterable[Triple]) -> Graph:
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _text(folder: Path, file_name: str, sha256: str, build: Path | None) -> str:
    # The names come out of a file: they must not lead out of the folders.
    if build is not None and sha256.isalnum() and (kept := build / text_file(sha256)).is_file():
        folder, file_name = kept.parent, kept.name
    found = [path for path in (folder, *sorted(folder.rglob("*"))) if path.name == file_name and path.is_file()]
    for path in found:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == sha256:
            return data.decode("utf-8")
    if found:
        raise ArticleError(f"{found[0]}: has changed since the graph was built from it; run 'kg build' again")
    raise ArticleError(f"{folder / file_name}: the graph's article is not there; put it back or run 'kg build' again")


def _row(results: Graph, result: Node, data: Graph) -> Row:
    focus = results.value(result, SH.focusNode)
    evidence = focus if (focus, T.words, None) in data else _value_of(data, focus, T.evidence)
    article = _value_of(data, evidence, OA.hasSource) or _value_of(data, focus, T.article) or focus
    offset = _value_of(data, evidence, T.start)
    return Row(
        severity=_name(results.value(result, SH.resultSeverity)).rpartition("#")[2],
        shape=_name(results.value(result, SH.sourceShape)),
        focus=_name(focus),
        words=_name(_value_of(data, evidence, T.words)),
        message=" ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
        file=_name(_value_of(data, article, T.fileName)),
        offset=int(str(offset)) if offset is not None and str(offset).isdigit() else None,
        path=_name(results.value(result, SH.resultPath)),
        value=_ntriples(results.value(result, SH.value)),
        component=_name(results.value(result, SH.sourceConstraintComponent)),
    )


def _report_triples(report: Report) -> Iterator[Triple]:
    me = node(REPORT)
    yield Triple(me, TYPE, iri(SH.ValidationReport))
    yield Triple(me, iri(SH.conforms), boolean(report.conforms))
    for row in report.rows:
        result = node(result_iri(row.shape, row.focus, row.path, row.value, row.component))
        yield Triple(me, iri(SH.result), result)
        yield Triple(result, TYPE, iri(SH.ValidationResult))
        yield Triple(result, iri(SH.resultMessage), string(row.message))
        yield Triple(result, iri(SH.resultSeverity), NamedNode(str(SH[row.severity])))
        yield Triple(result, iri(SH.focusNode), NamedNode(row.focus))
        yield Triple(result, iri(SH.sourceShape), NamedNode(row.shape))
        yield Triple(result, iri(SH.sourceConstraintComponent), NamedNode(row.component))
        if row.path:
            yield Triple(result, iri(SH.resultPath), NamedNode(row.path))
        if row.value:
            line = f"<{row.focus}> <{row.focus}> {row.value} .".encode()
            yield from (Triple(result, iri(SH.value), quad.object) for quad in parse(line, format=RdfFormat.N_TRIPLES))
        if row.words:
            yield Triple(result, iri(T.words), string(row.words))
        if row.file:
            yield Triple(result, iri(T.fileName), string(row.file))
        if row.offset is not None:
            yield Triple(result, iri(T.start), integer(row.offset))


def _ntriples(term: Node | None) -> str:
    """A result's value as N-Triples writes it; empty for none and for a blank node, which has no name."""
    match term:
        case URIRef():
            return str(NamedNode(str(term)))
        case Literal(language=str() as language):
            return str(OxLiteral(str(term), language=language))
        case Literal():
            return str(OxLiteral(str(term), datatype=NamedNode(str(term.datatype or XSD.string))))
        case _:
            return ""


def _name(term: Node | None) -> str:
    return "" if term is None or isinstance(term, BNode) else str(term)


def _value_of(data: Graph, subject: Node | None, slot: URIRef) -> Node | None:
    """The smallest value, so that a node with several gives the same one every time."""
    return None if subject is None else min(data.objects(subject, slot), key=str, default=None)


def _order(row: Row) -> tuple[str, int, str, str, str, str]:
    return row.file, -1 if row.offset is None else row.offset, row.shape, row.focus, row.path, row.value


def _at(row: Row) -> str:
    return "" if row.offset is None else f" at {row.offset}: “{' '.join(row.words.split())}”"


def _value(row: Row) -> str:
    return f": {row.value}" if row.value not in ("", f"<{row.focus}>") else ""


def _lexical(term: Subject) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _term(term: Subject) -> Node:
    match term:
        case OxLiteral(language=str() as language):
            return Literal(term.value, lang=language)
        case OxLiteral():
            # In rdflib a plain literal and one typed xsd:string differ; SHACL takes both for strings.
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
        case NamedNode():
            return URIRef(term.value)
        case _:
            return BNode(_lexical(term))


@cache
def _shapes() -> Graph:
    return _parsed(shape_files())


@cache
def _definitions() -> Graph:
    return _parsed(definition_files())


def _parsed(files: Sequence[Path]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in files:
        graph.parse(path)
    return graph
