"""Quads written per second: ours, rdflib's, and plain text, from the same statements in the same run.

usage: python benchmarks/rdf.py [--sizes N ...] [--articles FOLDER] [--repeat N] [--ways WAY ...]

The statements are those of real articles' graphs, copied under other names. Every way starts from the same plain
strings, makes what it needs of them and leaves a file. "terms" is the processor time from the library's own terms
in memory to the file, "all" that from the strings. Each way and size runs in a process of its own, whose peak is given.
Ours, like the product, sorts the lines and writes each once; so does "sorted text". rdflib sorts nothing in N-Quads.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.graphs import Statement, copies, plain, real

SIZES = (10_000, 100_000)
RDFLIB_MOST, TURTLE_MOST = 1_000_000, 100_000
Graphs = list[tuple[str, list[Statement]]]
STRING = "http://www.w3.org/2001/XMLSchema#string"


def ours(graphs: Graphs, out: Path) -> tuple[float, float]:
    """The product's terms and writer."""
    from pyoxigraph import Literal, NamedNode, Triple

    from kg.nquads import graph_nquads, write_nquads

    class Nodes(dict[str, NamedNode]):
        def __missing__(self, name: str) -> NamedNode:
            return self.setdefault(name, NamedNode(name))

    class Terms(dict[tuple[str, str, str], Any]):
        def __missing__(self, key: tuple[str, str, str]) -> Any:
            kind, value, datatype = key
            if kind == "iri":
                return self.setdefault(key, nodes[value])
            if kind == "literal":
                return self.setdefault(key, Literal(value, datatype=nodes[datatype]))
            return self.setdefault(key, Literal(value, language=kind))

    nodes, terms = Nodes(), Terms()
    start = time.process_time()
    ready = [(nodes[name], [Triple(nodes[s], nodes[p], terms[o]) for s, p, o in rows]) for name, rows in graphs]
    middle = time.process_time()
    with out.open("wb") as file:
        write_nquads(file, (graph_nquads(triples, name) for name, triples in ready))
    end = time.process_time()
    return end - middle, end - start


def rdflib_terms(graphs: Graphs) -> Any:
    from rdflib import Dataset, Literal, URIRef

    data = Dataset()
    for name, rows in graphs:
        graph = data.graph(URIRef(name))
        for s, p, (kind, value, datatype) in rows:
            if kind == "iri":
                term: Any = URIRef(value)
            elif kind == "literal":
                term = Literal(value, datatype=None if datatype == STRING else URIRef(datatype))
            else:
                term = Literal(value, lang=kind)
            graph.add((URIRef(s), URIRef(p), term))
    return data


def rdflib_nquads(graphs: Graphs, out: Path) -> tuple[float, float]:
    """rdflib's Dataset and its N-Quads."""
    start = time.process_time()
    data = rdflib_terms(graphs)
    middle = time.process_time()
    data.serialize(str(out), format="nquads")
    end = time.process_time()
    return end - middle, end - start


def rdflib_turtle(graphs: Graphs, out: Path) -> tuple[float, float]:
    """rdflib's Graph of all triples and its Turtle."""
    from rdflib import Graph

    start = time.process_time()
    data = Graph()
    for graph in rdflib_terms(graphs).graphs():
        data += graph
    middle = time.process_time()
    data.serialize(str(out), format="turtle")
    end = time.process_time()
    return end - middle, end - start


ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def lines(graphs: Graphs) -> list[str]:
    found = []
    for name, rows in graphs:
        for s, p, (kind, value, datatype) in rows:
            if kind == "iri":
                found.append(f"<{s}> <{p}> <{value}> <{name}> .\n")
            elif kind == "literal":
                end = "" if datatype == STRING else f"^^<{datatype}>"
                found.append(f'<{s}> <{p}> "{value.translate(ESCAPES)}"{end} <{name}> .\n')
            else:
                found.append(f'<{s}> <{p}> "{value.translate(ESCAPES)}"@{kind} <{name}> .\n')
    return found


def text(graphs: Graphs, out: Path) -> tuple[float, float]:
    """A template for each statement, nothing checked, nothing sorted."""
    start = time.process_time()
    out.write_text("".join(lines(graphs)), encoding="utf-8")
    end = time.process_time()
    return end - start, end - start


def sorted_text(graphs: Graphs, out: Path) -> tuple[float, float]:
    """The same, with sorted and distinct lines."""
    start = time.process_time()
    out.write_text("".join(sorted(set(lines(graphs)))), encoding="utf-8")
    end = time.process_time()
    return end - start, end - start


WAYS: dict[str, Callable[[Graphs, Path], tuple[float, float]]] = {
    "ours": ours,
    "text": text,
    "sorted text": sorted_text,
    "rdflib N-Quads": rdflib_nquads,
    "rdflib Turtle": rdflib_turtle,
}


def one(way: str, size: int, articles: Path, repeat: int) -> dict[str, Any]:
    graphs = [plain(graph) for group in copies(real(articles)[0], size) for graph in group]
    quads = sum(len(rows) for _, rows in graphs)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = (float("inf"), float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeat):
            best = min(best, WAYS[way](graphs, Path(folder) / "out"), key=lambda pair: pair[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"quads": quads, "terms": best[0], "all": best[1], "before": before / 1024, "peak": peak / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--articles", type=Path, default=Path("articles"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--one", nargs=2, metavar=("WAY", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]), options.articles, options.repeat)))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, best of {options.repeat}")
    print(f"{'way':<16}{'quads':>11}{'terms s':>9}{'all s':>9}{'quads/s':>12}{'ours is':>9}{'peak MB':>9}")
    for size in options.sizes:
        rate = 0.0
        for way in options.ways:
            if size > {"rdflib N-Quads": RDFLIB_MOST, "rdflib Turtle": TURTLE_MOST}.get(way, size):
                continue
            repeat = 1 if size > TURTLE_MOST or way == "rdflib Turtle" else options.repeat
            command = [sys.executable, __file__, "--one", way, str(size), "--articles", str(options.articles)]
            ran = subprocess.run([*command, "--repeat", str(repeat)], capture_output=True, text=True, check=True)
            row = json.loads(ran.stdout)
            speed = row["quads"] / row["all"]
            rate = rate or speed
            print(
                f"{way:<16}{row['quads']:>11,}{row['terms']:>9.2f}{row['all']:>9.2f}{speed:>12,.0f}"
                f"{rate / speed:>8.2f}x{row['peak']:>9,.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
