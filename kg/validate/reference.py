"""The reference engine: pySHACL, one named graph at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyshacl
from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from kg.errors import OutputError
from kg.validate.findings import Finding, text_triples
from kg.validate.graphs import NamedGraph, article_texts_in, definition_triples, shape_triples


def findings(graph: NamedGraph, texts: Mapping[str, str]) -> set[Finding]:
    """What pySHACL finds in one named graph, with the articles' texts beside it; nothing is inferred.

    Raises OutputError where it gives up: rdflib stumbles over sums with ill-formed numbers.
    """
    data = _add(_PreparedGraph(bind_namespaces="none"), (*graph.triples, *graph.types, *definition_triples()))
    _add(data, text_triples(article_texts_in(graph.triples, texts)))
    try:
        _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True, inference="none")
    except (ArithmeticError, AttributeError, TypeError) as error:
        message = f"{graph.name}: pySHACL gives up on it ({error}); validate it with the fast engine"
        raise OutputError(message) from error
    if not isinstance(results, Graph):
        raise OutputError(f"the graph could not be validated: {results}")
    return {_finding(results, result) for result in results.subjects(RDF.type, SH.ValidationResult)}


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """The triples as an rdflib graph, for libraries that want one; no lexical form is changed."""
    return _add(Graph(bind_namespaces="none"), triples)


class _PreparedGraph(Graph):
    """pySHACL puts the same query to every node: each is parsed once here, which saves four fifths of the time."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> QueryResult:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **options)


@cache
def _prepared(sparql: str) -> Query:
    return prepareQuery(sparql)


def _finding(results: Graph, result: Node) -> Finding:
    return Finding(
        severity=_name(results.value(result, SH.resultSeverity)).rpartition("#")[2],
        shape=_name(results.value(result, SH.sourceShape)),
        focus=_name(results.value(result, SH.focusNode)),
        path=_name(results.value(result, SH.resultPath)),
        value=_ntriples(results.value(result, SH.value)),
        component=_name(results.value(result, SH.sourceConstraintComponent)),
        message=" ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
    )


def _name(term: Node | None) -> str:
    return "" if term is None or isinstance(term, BNode) else str(term)


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


def _add(graph: Graph, triples: Iterable[Triple]) -> Graph:
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: NamedNode | BlankNode | OxLiteral | Triple) -> Node:
    match term:
        case OxLiteral(language=str() as language):
            return Literal(term.value, lang=language, normalize=False)
        case OxLiteral():
            # In rdflib a plain literal and one typed xsd:string differ; SHACL takes both for strings.
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype, normalize=False)
        case NamedNode():
            return URIRef(term.value)
        case BlankNode():
            return BNode(term.value)
        case _:
            return BNode(str(term))


@cache
def _shapes() -> Graph:
    return to_rdflib(shape_triples())
