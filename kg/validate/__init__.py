"""A built graph against its shapes, with pySHACL or the fast engine: the report as rows, a table and Turtle.

The shapes re-check every quotation against the text at its offsets. The texts are read from the
articles' folder, compared with the hashes in the graph, and stand beside the graph as `kg:text` while it is
validated; they are never part of an exported file.

Every named graph is validated for itself, with the classes of the nodes of other graphs that it points at. So the
rows of a graph depend on nothing else, and can be kept by `graph_key` until one of these changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.errors import OutputError
from kg.published import GRAPH, published, reading
from kg.validate import fast, reference
from kg.validate.findings import rows_of
from kg.validate.graphs import NamedGraph, foreign_nodes, foreign_types, graph_key, named_graphs
from kg.validate.reference import to_rdflib
from kg.validate.report import SEVERITIES, Report, Row, order, short
from kg.validate.texts import article_texts

__all__ = [
    "ENGINES",
    "SEVERITIES",
    "NamedGraph",
    "Report",
    "Row",
    "article_texts",
    "chosen",
    "foreign_nodes",
    "foreign_types",
    "graph_key",
    "named_graphs",
    "short",
    "to_rdflib",
    "validate",
    "validate_build",
    "validate_graph",
    "validate_graphs",
]

FAST, REFERENCE = "fast", "pyshacl"
ENGINES = (FAST, REFERENCE)
SMALL = 10_000  # triples that the reference engine, which needs about 0.7 ms for each, is still used for


def validate(quads: Iterable[Quad], texts: Mapping[str, str], engine: str | None = None, workers: int = 1) -> Report:
    """The report on each named graph of `quads`, with the article's text beside it.

    `texts` are by the IRI of the article; an article without one has its quotations unchecked. Nothing is inferred
    but the classes and codes that the ontology defines. The engine is chosen by size where none is named (see
    `chosen`); both find the same. What the reference engine cannot evaluate goes to the fast one, unless it is named.
    """
    graphs = named_graphs(quads)
    if engine is not None:
        return _report(graphs, texts, engine, workers)
    wanted = chosen(sum(len(graph.triples) for graph in graphs))
    try:
        return _report(graphs, texts, wanted, workers)
    except OutputError:
        if wanted == FAST:
            raise
        return _report(graphs, texts, FAST, workers)


def chosen(triples: int) -> str:
    """The engine for a data set of this many triples: the reference for a small one, the fast one otherwise."""
    return REFERENCE if triples <= SMALL else FAST


def validate_graph(
    name: str,
    triples: Iterable[Triple],
    types: Iterable[Triple],
    texts: Mapping[str, str],
    engine: str = FAST,
) -> tuple[Row, ...]:
    """The rows of one named graph, sorted; a pure function of its arguments and of the ontology.

    `types` are the typing triples of the nodes that the graph points at and other graphs describe (see
    `foreign_nodes`).
    """
    graph = NamedGraph(name, tuple(dict.fromkeys(triples)), tuple(dict.fromkeys(types)))
    return next(rows for _, rows in validate_graphs([graph], texts, engine))


def validate_graphs(
    graphs: Iterable[NamedGraph], texts: Mapping[str, str], engine: str = FAST, workers: int = 1
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Name and sorted rows of each graph, in order of batches; no more graphs are taken in than are worked on.

    The fast engine uses `workers` threads, for it works outside the interpreter's lock; pySHACL uses one.
    Raises ValueError for an engine that there is not, OutputError where an engine gives up.
    """
    if engine not in ENGINES:
        raise ValueError(f"unknown engine {engine!r}; there are {', '.join(ENGINES)}")
    if engine == REFERENCE:
        for graph in graphs:
            yield graph.name, _sorted(rows_of(graph, reference.findings(graph, texts), texts))
        return
    batches = fast.batches(graphs)
    if workers <= 1:
        for batch in batches:
            yield from _batch(batch, texts)
        return
    with ThreadPoolExecutor(workers) as pool:
        running: deque[Future[list[tuple[str, tuple[Row, ...]]]]] = deque()
        for batch in batches:
            running.append(pool.submit(_batch, batch, texts))
            if len(running) > 2 * workers:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def validate_build(build: Path, articles: Path, engine: str | None = None, workers: int = 1) -> Report:
    """The report on a build's `kg.nq` (or `kg.nq.zst`) with the texts of the folder `articles`.

    Raises OutputError where there is no build, and ArticleError where an article's file is missing or is
    not the one that was read.
    """
    path = published(build, GRAPH)
    try:
        with reading(path) as stream:
            quads = list(parse(stream, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise OutputError(f"{path}:{error.lineno}: is damaged ({error.msg}); run 'kg build' again") from error
    return validate(quads, article_texts(quads, articles, build), engine, workers)


def _report(graphs: Sequence[NamedGraph], texts: Mapping[str, str], engine: str, workers: int) -> Report:
    rows = {row for _, found in validate_graphs(graphs, texts, engine, workers) for row in found}
    return Report(not rows, tuple(sorted(rows, key=order)), engine)


def _batch(batch: Sequence[NamedGraph], texts: Mapping[str, str]) -> list[tuple[str, tuple[Row, ...]]]:
    found = fast.findings(batch, texts)
    return [(g.name, _sorted(rows_of(g, rows, texts))) for g, rows in zip(batch, found, strict=True)]


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=order))
