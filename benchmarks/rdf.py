"""Quads written per second: ours, rdflib's, and plain text, from the same statements in the same run.

usage: python benchmarks/rdf.py [--sizes N ...] [--articles FOLDER] [--repeat N] [--ways WAY ...]

The statements are those of real articles' graphs, copied under other names, in the order in which a build makes them
(those of the relations' graphs in the order of their lines). Every way starts from the same plain strings, makes what
it needs of them and leaves a new file. "filled" is the processor time from the library's own terms, or a filled graph,
in memory to the file; "all" that from the strings; each is the best of all rounds. Each way and size runs in a process
of its own, whose peak is given. "ours" has sorted, distinct lines graph by graph, as a packed build writes them; in
"ours, sorted" and "sorted text" all lines are sorted, as in a plain build's kg.nq. rdflib sorts nothing in N-Quads. "as
they come" is "ours" for sizes whose statements fit in no memory: they are made graph by graph.
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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import rdflib

from benchmarks.graphs import Statement, copies, plain, real
from kg.ingest import read_articles
from kg.nquads import graph_nquads, sorted_nquads
from kg.terms import Triple, absolute, english, literal, string
from kg.work import extraction, nquads_of

SIZES = (10_000, 100_000)
MOST = {"rdflib N-Quads": 1_000_000, "rdflib Turtle": 100_000}
COME = "as they come"
Graphs = list[tuple[str, list[Statement]]]
Writer = Callable[[IO[bytes], Iterable[bytes]], object]
STRING = "http://www.w3.org/2001/XMLSchema#string"


def one_by_one(file: IO[bytes], parts: Iterable[bytes]) -> None:
    file.writelines(parts)


def together(file: IO[bytes], parts: Iterable[bytes]) -> None:
    file.write(sorted_nquads(parts))


def triples(rows: list[Statement]) -> Iterator[Triple]:
    for s, p, (kind, value, datatype) in rows:
        if kind == "iri":
            yield absolute(s), absolute(p), absolute(value)
        elif kind == "en":
            yield absolute(s), absolute(p), english(value)
        elif datatype == STRING:
            yield absolute(s), absolute(p), string(value)
        else:
            yield absolute(s), absolute(p), literal(value, absolute(datatype))


def ours(graphs: Graphs, out: Path, write: Writer = one_by_one) -> tuple[float, float]:
    """The product's terms, made anew, and its lines graph by graph, each graph's sorted and distinct."""
    absolute.__self__.clear()  # all IRIs that were spelt before
    start = time.process_time()
    with out.open("wb") as file:
        write(file, (graph_nquads(triples(rows), absolute(name)) for name, rows in graphs))
    used = time.process_time() - start
    ready = [(absolute(name), list(triples(rows))) for name, rows in graphs]
    out.unlink()
    start = time.process_time()
    with out.open("wb") as file:
        write(file, (graph_nquads(rows, name) for name, rows in ready))
    return time.process_time() - start, used


def ours_sorted(graphs: Graphs, out: Path) -> tuple[float, float]:
    """The same, with the lines of all graphs sorted together."""
    return ours(graphs, out, together)


def as_they_come(articles: Path, size: int, out: Path) -> tuple[int, float]:
    """The same, graph by graph as in a build; without the time in which the statements are made up."""
    made_up, count = 0.0, 0

    def parts() -> Iterator[bytes]:
        nonlocal made_up
        start = time.process_time()
        for group in copies(real(articles)[0], size):
            for name, rows in map(plain, group):
                made_up += time.process_time() - start
                yield graph_nquads(triples(rows), absolute(name))
                start = time.process_time()
        made_up += time.process_time() - start

    start = time.process_time()
    with out.open("wb") as file:
        for part in parts():
            count += part.count(b"\n")
            file.write(part)
    return count, time.process_time() - start - made_up


def from_claims(articles: Path, repeat: int) -> tuple[int, float]:
    """What articles claim, found before, to the lines of their graphs, as a build makes them."""
    found = [extraction(article) for article in read_articles(articles)]
    count, best = 0, float("inf")
    for _ in range(repeat * 3):
        start = time.process_time()
        count = sum(nquads_of(one).count(b"\n") for one in found)
        best = min(best, time.process_time() - start)
    return count, best


def fill(graph: rdflib.Graph, rows: list[Statement]) -> None:
    for s, p, (kind, value, datatype) in rows:
        if kind == "iri":
            term: rdflib.term.Node = rdflib.URIRef(value)
        elif kind == "literal":
            term = rdflib.Literal(value, datatype=None if datatype == STRING else rdflib.URIRef(datatype))
        else:
            term = rdflib.Literal(value, lang=kind)
        graph.add((rdflib.URIRef(s), rdflib.URIRef(p), term))


def rdflib_nquads(graphs: Graphs, out: Path) -> tuple[float, float]:
    """rdflib's Dataset and its N-Quads."""
    start = time.process_time()
    data = rdflib.Dataset()
    for name, rows in graphs:
        fill(data.graph(rdflib.URIRef(name)), rows)
    middle = time.process_time()
    data.serialize(str(out), format="nquads")
    end = time.process_time()
    return end - middle, end - start


def rdflib_turtle(graphs: Graphs, out: Path) -> tuple[float, float]:
    """rdflib's Graph of all triples and its Turtle."""
    start = time.process_time()
    data = rdflib.Graph()
    for _, rows in graphs:
        fill(data, rows)
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
    "ours, sorted": ours_sorted,
    "text": text,
    "sorted text": sorted_text,
    "rdflib N-Quads": rdflib_nquads,
    "rdflib Turtle": rdflib_turtle,
}


def one(way: str, size: int, articles: Path, repeat: int) -> dict[str, float]:
    best = (float("inf"), float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        if way == COME:
            quads, used = as_they_come(articles, size, out)
            best = (float("nan"), used)
        else:
            graphs = [plain(graph) for group in copies(real(articles)[0], size) for graph in group]
            quads = sum(len(rows) for _, rows in graphs)
            for _ in range(repeat):
                out.unlink(missing_ok=True)
                filled, used = WAYS[way](graphs, out)
                best = min(best[0], filled), min(best[1], used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"quads": quads, "filled": best[0], "all": best[1], "peak": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--articles", type=Path, default=Path("articles"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--ways", nargs="+", choices=[*WAYS, COME], default=[*WAYS, COME])
    parser.add_argument("--one", nargs=2, metavar=("WAY", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]), options.articles, options.repeat)))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, best of {options.repeat}; processor seconds")
    count, used = from_claims(options.articles, options.repeat)
    print(f"from the claims of {options.articles} to the lines of their graphs: {count / used:,.0f} quads/s")
    print(f"{'way':<16}{'quads':>11}{'filled s':>10}{'all s':>9}{'quads/s':>12}{'ours is':>24}{'peak MB':>9}")
    for size in options.sizes:
        first: dict[str, float] = {}
        for way in options.ways:
            if size > MOST.get(way, size):
                continue
            repeat = 1 if size > MOST["rdflib Turtle"] else options.repeat
            command = [sys.executable, __file__, "--one", way, str(size), "--articles", str(options.articles)]
            ran = subprocess.run([*command, "--repeat", str(repeat)], stdout=subprocess.PIPE, text=True, check=True)
            row = json.loads(ran.stdout)
            first = first or row
            ratio = f"{row['all'] / first['all']:.2f}x, filled {row['filled'] / first['filled']:.2f}x"
            print(
                f"{way:<16}{row['quads']:>11,}{row['filled']:>10.3f}{row['all']:>9.3f}"
                f"{row['quads'] / row['all']:>12,.0f}{ratio:>24}{row['peak']:>9,.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
