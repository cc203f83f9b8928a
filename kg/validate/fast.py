"""The fast engine: shifty, many named graphs in one run.

Most of a run on a small graph is the ontology's definitions, so that graphs are put together. Each is validated as
if it were alone all the same: whatever the ontology does not name has the number of its graph put before it, so
that no two graphs of a batch share a node, and the number is taken off what is found. This is exact as long as no
shape looks at the beginning of a data node's IRI (a test sees to that). A graph that describes a node of the
ontology itself, or has blank nodes, runs alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from rdflib.namespace import RDF, SH
from shifty._shifty import PreparedValidator  # its own front door turns every report into an rdflib graph

from kg.errors import OutputError
from kg.validate.findings import Finding, text_triples
from kg.validate.graphs import NamedGraph, Node, article_texts_in, definition_triples, shape_triples

BATCH = 5_000  # triples: the definitions are then no more than a tenth of the time
_MARK = re.compile(r"g(\d+):")


def batches(graphs: Iterable[NamedGraph]) -> Iterator[tuple[NamedGraph, ...]]:
    """The graphs in order, as many together as make up a batch."""
    waiting: list[NamedGraph] = []
    size = 0
    for graph in graphs:
        if _alone(graph):
            yield (graph,)
            continue
        waiting.append(graph)
        size += len(graph.triples) + len(graph.types)
        if size >= BATCH:
            yield tuple(waiting)
            waiting, size = [], 0
    if waiting:
        yield tuple(waiting)


def findings(batch: Sequence[NamedGraph], texts: Mapping[str, str]) -> list[set[Finding]]:
    """What shifty finds in each graph of a batch (see `batches`), with the articles' texts beside it."""
    marked = len(batch) > 1
    lines = [line for number, graph in enumerate(batch) for line in _lines(graph, texts, number if marked else None)]
    data = "".join(lines).encode() + _definitions()
    result = _validator().validate_w3c(data, data_format="nt", graph_mode="data", run_infer=False, sort_results=False)
    if result.diagnostics:
        raise OutputError(f"the graph could not be validated: {' '.join(result.diagnostics)}")
    found: list[set[Finding]] = [set() for _ in batch]
    if result.conforms:
        return found
    for finding in _parsed(result.report_turtle):
        mark = _MARK.match(finding.focus) if marked else None
        # What is wrong with the ontology itself is wrong beside every graph.
        for number in range(len(batch)) if mark is None else (int(mark[1]),):
            found[number].add(finding if mark is None else _unmarked(finding))
    return found


def _alone(graph: NamedGraph) -> bool:
    known = _vocabulary()
    return any(
        not isinstance(t.subject, NamedNode) or t.subject in known or isinstance(t.object, BlankNode | Triple)
        for t in (*graph.triples, *graph.types)
    )


def _lines(graph: NamedGraph, texts: Mapping[str, str], number: int | None) -> Iterator[str]:
    """The graph as N-Triples, with its number before every node that the ontology does not name."""
    spelt: dict[Node, str] = {}
    triples = (*graph.triples, *graph.types, *text_triples(article_texts_in(graph.triples, texts)))
    for triple in triples:
        words = []
        for term in (triple.subject, triple.predicate, triple.object):
            known = spelt.get(term)
            if known is None:
                known = spelt[term] = str(term) if number is None else _marked(term, number)
            words.append(known)
        yield f"{words[0]} {words[1]} {words[2]} .\n"


def _marked(term: Node, number: int) -> str:
    if isinstance(term, NamedNode) and term not in _vocabulary():
        return f"<g{number}:{term.value}>"
    return str(term)


def _unmarked(finding: Finding) -> Finding:
    value = finding.value
    if value.startswith("<"):
        value = "<" + _MARK.sub("", value[1:], count=1) if _MARK.match(value, 1) else value
    return finding._replace(focus=_MARK.sub("", finding.focus, count=1), path=_without(finding.path), value=value)


def _without(name: str) -> str:
    mark = _MARK.match(name)
    return name[mark.end() :] if mark else name


def _parsed(report: str) -> Iterator[Finding]:
    slots: dict[Node, dict[str, list[Node]]] = {}
    for quad in parse(report.encode(), format=RdfFormat.TURTLE):
        slots.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    for slot in slots.values():
        if any(_name(kind) == str(SH.ValidationResult) for kind in slot.get(str(RDF.type), ())):
            value = _first(slot, str(SH.value))
            yield Finding(
                severity=_name(_first(slot, str(SH.resultSeverity))).rpartition("#")[2],
                shape=_name(_first(slot, str(SH.sourceShape))),
                focus=_name(_first(slot, str(SH.focusNode))),
                path=_name(_first(slot, str(SH.resultPath))),
                value="" if value is None or isinstance(value, BlankNode) else str(value),
                component=_name(_first(slot, str(SH.sourceConstraintComponent))),
                message=" ".join(sorted(_text(message) for message in slot.get(str(SH.resultMessage), ()))),
            )


def _first(slot: Mapping[str, Sequence[Node]], name: str) -> Node | None:
    return slot[name][0] if name in slot else None


def _name(term: Node | None) -> str:
    return "" if term is None or isinstance(term, BlankNode) else _text(term)


def _text(term: Node) -> str:
    return str(term) if isinstance(term, Triple) else term.value


@cache
def _validator() -> PreparedValidator:
    prepared = PreparedValidator("".join(f"{triple} .\n" for triple in shape_triples()).encode(), shapes_format="nt")
    if prepared.diagnostics:
        raise OutputError(f"the shapes cannot be used: {' '.join(prepared.diagnostics)}")
    return prepared


@cache
def _definitions() -> bytes:
    return "".join(f"{triple} .\n" for triple in definition_triples()).encode()


@cache
def _vocabulary() -> frozenset[Node]:
    """What the definitions and shapes name: it is the same node in every graph."""
    triples = (*definition_triples(), *shape_triples())
    return frozenset(term for triple in triples for term in (triple.subject, triple.predicate, triple.object))
