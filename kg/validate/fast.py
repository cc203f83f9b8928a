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
from typing import TypedDict

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib.namespace import RDF, SH
from shifty._shifty import PreparedValidator, Violation  # its own front door turns every report into an rdflib graph

from kg.errors import OutputError
from kg.validate.findings import Finding, text_triples
from kg.validate.graphs import NamedGraph, Node, article_texts_in, definition_triples, shape_triples


class Options(TypedDict):
    """How the engine is asked: on the triples that it is given and nothing else."""

    data_format: str
    graph_mode: str
    run_infer: bool


BATCH = 5_000  # triples: the definitions are then no more than a tenth of the time
_APART = (BlankNode, Triple)  # nodes that no number can be put before
_MARK = re.compile(r"g(\d+):")
_OPTIONS: Options = {"data_format": "nt", "graph_mode": "data", "run_infer": False}


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
    """What shifty finds in each graph of a batch (see `batches`), with the articles' texts beside it.

    The engine tells some three times as fast which nodes are at fault as what the fault is, so that only the graphs
    of such nodes are looked at again, and only by the shapes that they break.
    """
    numbers = range(len(batch))
    wanted = [_data(batch, texts, number) for number in numbers]
    found: list[set[Finding]] = [set() for _ in numbers]
    outcome = _validator().validate_algebra(b"".join(wanted) + _definitions(), sort_results=False, **_OPTIONS)
    _refuse(outcome.diagnostics)
    faulty, shapes = _faulty(batch, outcome.violations)
    if not faulty:
        return found
    data = b"".join(wanted[number] for number in faulty) + _definitions()
    result = _validator().validate_w3c(data, sort_results=False, entry_shape_names=shapes, **_OPTIONS)
    _refuse(result.diagnostics)
    for finding in _parsed(result.report_turtle):
        mark = _MARK.match(finding.focus) if len(batch) > 1 else None
        # What is wrong with the ontology itself, and with a graph that runs alone, has no mark.
        for number in numbers if mark is None else (int(mark[1]),):
            found[number].add(finding if mark is None else _unmarked(finding))
    described = [graph.foreign for graph in batch]
    return [{f for f in found[number] if f"<{f.focus}>" not in described[number]} for number in numbers]


def _faulty(batch: Sequence[NamedGraph], violations: Iterable[Violation]) -> tuple[list[int], list[str] | None]:
    """The numbers of the graphs that describe nodes at fault, and the shapes that these break; None for any shape."""
    foreign = [graph.foreign for graph in batch]
    numbers: set[int] = set()
    shapes: set[str | None] = set()
    for violation in violations:
        name = violation.focus_node.strip("<>")
        mark = _MARK.match(name) if len(batch) > 1 else None
        for number in range(len(batch)) if mark is None else (int(mark[1]),):
            if f"<{_without(name) if mark else name}>" not in foreign[number]:
                numbers.add(number)
                shapes.add(violation.shape_name)
    named = [shape.strip("<>") for shape in shapes if shape is not None]
    return sorted(numbers), sorted(named) if len(named) == len(shapes) else None


def _data(batch: Sequence[NamedGraph], texts: Mapping[str, str], number: int) -> bytes:
    """A graph as N-Triples; beside others with its number before every node that the ontology does not name."""
    graph = batch[number]
    triples = (*graph.triples, *graph.types, *text_triples(article_texts_in(graph.triples, texts)))
    if len(batch) == 1:
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return "".join(_lines(triples, number)).encode()


def _refuse(diagnostics: Sequence[str]) -> None:
    if diagnostics:
        raise OutputError(f"the graph could not be validated: {' '.join(diagnostics)}")


def _alone(graph: NamedGraph) -> bool:
    triples = (*graph.triples, *graph.types)
    subjects = {triple.subject for triple in triples}
    return (
        not subjects.isdisjoint(vocabulary())
        or not all(isinstance(subject, NamedNode) for subject in subjects)
        or any(isinstance(triple.object, _APART) for triple in triples)
    )


def _lines(triples: Iterable[Triple], number: int) -> Iterator[str]:
    spelt: dict[Node, str] = {}
    for triple in triples:
        words = []
        for term in (triple.subject, triple.predicate, triple.object):
            known = spelt.get(term)
            if known is None:
                known = spelt[term] = _marked(term, number)
            words.append(known)
        yield f"{words[0]} {words[1]} {words[2]} .\n"


def _marked(term: Node, number: int) -> str:
    if isinstance(term, NamedNode) and term not in vocabulary():
        return f"<g{number}:{term.value}>"
    return str(term)


def _unmarked(finding: Finding) -> Finding:
    value = f"<{_without(finding.value[1:])}" if finding.value.startswith("<") else finding.value
    return finding._replace(focus=_without(finding.focus), path=_without(finding.path), value=value)


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
def vocabulary() -> frozenset[Node]:
    """What the definitions and shapes name: it is the same node in every graph."""
    triples = (*definition_triples(), *shape_triples())
    return frozenset(term for triple in triples for term in (triple.subject, triple.predicate, triple.object))
