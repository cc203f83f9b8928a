"""Validation: the fast engine against pySHACL on the same graphs, with one worker and two; one changed article.

usage: python benchmarks/shacl.py [--triples N] [--spoilt N] [--articles FOLDER] [--repeat N] [--plain]

The graphs are those of real articles and of what relates their claims, copied under other names, with some values
spoilt; every graph is validated for itself, by every engine. "pySHACL as we call it" has each query parsed once,
which pySHACL by itself does for every node; --plain also runs it by itself, on a tenth of the graphs, and scales up.
Time is wall time; so that the ratios hold on a busy machine, processor time stands beside it. Before a ratio is
printed, the results of the engines are compared: they must be the same rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyshacl
from pyoxigraph import Triple

from benchmarks.graphs import copied_texts, copies, real
from kg.validate import NamedGraph, Row, reference, validate_graph, validate_graphs
from kg.validate.findings import text_triples
from kg.validate.graphs import article_texts_in, definition_triples, shape_triples

Result = TypeVar("Result")


def timed(run: Callable[[], Result], repeat: int = 1) -> tuple[float, float, Result]:
    """The least wall and processor seconds, and what came out."""
    wall = processor = float("inf")
    for _ in range(repeat):
        start, used = time.perf_counter(), time.process_time()
        result = run()
        wall, processor = min(wall, time.perf_counter() - start), min(processor, time.process_time() - used)
    return wall, processor, result


def spoilt(graphs: list[NamedGraph], times: int, draw: random.Random) -> list[NamedGraph]:
    """The graphs with so many of their triples dropped or given the value of another triple of their property."""
    found = [list(graph.triples) for graph in graphs]
    for _ in range(times):
        triples = draw.choice(found)
        at = draw.randrange(len(triples))
        triple = triples.pop(at)
        if draw.random() < 0.5:
            others = [other.object for other in triples if other.predicate == triple.predicate]
            triples.append(Triple(triple.subject, triple.predicate, draw.choice(others or [triple.object])))
    return [NamedGraph(g.name, tuple(dict.fromkeys(t)), g.types) for g, t in zip(graphs, found, strict=True)]


def by_itself(graphs: list[NamedGraph], texts: dict[str, str]) -> None:
    shapes = reference.to_rdflib(shape_triples())
    for graph in graphs:
        beside = text_triples(article_texts_in(graph.triples, texts))
        data = reference.to_rdflib((*graph.triples, *graph.types, *definition_triples(), *beside))
        pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--triples", type=int, default=20_000)
    parser.add_argument("--spoilt", type=int, default=50)
    parser.add_argument("--articles", type=Path, default=Path("articles"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="pySHACL by itself, too")
    parser.add_argument("--no-reference", action="store_true", help="the fast engine alone")
    options = parser.parse_args()
    base, words = real(options.articles)
    groups = list(copies(base, options.triples))
    texts = copied_texts(words, len(groups))
    draw = random.Random(options.seed)  # noqa: S311
    graphs = spoilt([graph for group in groups for graph in group], options.spoilt, draw)
    triples = sum(len(graph.triples) for graph in graphs)
    validate_graph(base[0].name, base[0].triples, base[0].types, texts)  # the shapes are read once, as in any run

    def run(engine: str, workers: int = 1) -> dict[str, tuple[Row, ...]]:
        return dict(validate_graphs(graphs, texts, engine, workers))

    one = timed(lambda: run("fast"), options.repeat)
    two = timed(lambda: run("fast", 2), options.repeat)
    results = sum(len(rows) for rows in one[2].values())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, best of {options.repeat}")
    print(f"{len(graphs):,} graphs, {triples:,} triples, {results:,} results")
    print(f"{'engine':<28}{'wall s':>9}{'cpu s':>9}{'triples/s':>12}")

    def show(name: str, wall: float, used: float) -> None:
        print(f"{name:<28}{wall:>9.2f}{used:>9.2f}{triples / wall:>12,.0f}", flush=True)

    show("fast", *one[:2])
    show("fast, two workers", *two[:2])
    if one[2] != two[2]:
        sys.exit("two workers found something else")
    if not options.no_reference:
        peer = timed(lambda: run("pyshacl"))
        show("pySHACL as we call it", *peer[:2])
        if peer[2] != one[2]:
            sys.exit("the engines found something else")
        print(
            f"fast is {peer[0] / one[0]:.0f}x (cpu {peer[1] / one[1]:.0f}x), with two workers {peer[0] / two[0]:.0f}x"
        )
    if options.plain:
        part = graphs[: max(len(base), len(graphs) // 10)]
        share = triples / sum(len(graph.triples) for graph in part)
        wall, used, _ = timed(lambda: by_itself(part, texts))
        show("pySHACL by itself (scaled)", wall * share, used * share)
        print(f"fast is {wall * share / one[0]:.0f}x, with two workers {wall * share / two[0]:.0f}x")
    print("one changed graph (shapes prepared):")
    for graph in sorted(base, key=lambda graph: -len(graph.triples))[:3]:
        wall, used, _ = timed(
            lambda graph=graph: validate_graph(graph.name, graph.triples, graph.types, words), options.repeat
        )
        print(f"  {len(graph.triples):>7,} triples: {wall * 1000:>6.0f} ms (cpu {used * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
