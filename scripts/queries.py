"""docs/queries.md out of the shipped queries: what each asks, its parameters, its text, and rows as an example."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.query import Graph, Result, Term, curie
from kg.questions import Question, questions

ROWS = 5  # of an example
WIDTH = 60  # of a cell
HEAD = """\
# Queries that are shipped

<!-- Made by scripts/queries.py; do not edit. The rows are those of the two articles in articles/. -->

`kg ask NAME` prints a question in words and its answer; `--sparql` the query with its parameters, to be used in any
triple store; `--evidence` each claim behind each row with its words, file and offsets; `--format csv`, `json` for
programs. `kg ask --list` lists all. `kg serve` shows the same at `/ask/NAME?kind=killed`.

A parameter is an option (`--kind killed`). What is given is looked up or checked, and what gets into the query is a
term that the RDF library writes; words never become a part of a query.

| type | what is given |
|---|---|
| group | whose people, in words (“Northland soldiers”, “Northland”); all populations of the graph that are meant |
| actor | somebody by a name that the graph has for them, in any case |
| code | the notation of a code, as in `ontology/codes/` |
| date | a day as 2031-05-04 |
| integer | a whole number |

In the files, a parameter is a line `VALUES ?kind { UNDEF }`, so that each is a query as it stands. To use one by
hand, write a value there, or strike the line out to ask for all.
"""


def page(graph: Graph, found: list[Question]) -> str:
    """The whole page."""
    gallery = [one for one in found if one.description]
    plain = [one for one in found if not one.description]
    lines = [HEAD, "## For analysts\n", *(line for one in gallery for line in _entry(one, graph))]
    lines += ["## The questions of the specification\n", "| name | question | rows |", "|---|---|---|"]
    lines += [f"| `{one.name}` | {_cell(one.title)} | {len(graph.ask(one.name).rows)} |" for one in plain]
    return "\n".join(lines) + "\n"


def _entry(one: Question, graph: Graph) -> Iterator[str]:
    yield f"### {one.name}\n"
    yield f"**{one.title}** {one.description}\n"
    for known in one.parameters:
        default = f" Default: {known.default}." if known.default else ""
        of = f" of {known.scheme}" if known.scheme else ""
        yield f"- `--{known.name}` ({known.type}{of}): {known.words}.{default}"
    if one.parameters:
        yield ""
    body = [line for line in one.sparql.rstrip("\n").split("\n") if not line.startswith("#")]
    yield "\n".join(["```sparql", *body, "```", ""])
    yield from _rows(graph.ask(one.name))


def _rows(answer: Result) -> Iterator[str]:
    if not answer.rows:
        yield "The two articles have no row.\n"
        return
    yield f"| {' | '.join(answer.variables)} |"
    yield "|---" * len(answer.variables) + "|"
    for row in answer.rows[:ROWS]:
        yield f"| {' | '.join(_term(term) for term in row)} |"
    more = len(answer.rows) - ROWS
    yield f"\n… and {more} more {'row' if more == 1 else 'rows'}.\n" if more > 0 else ""


def _term(term: Term | None, short: bool = True) -> str:
    text = term.value if isinstance(term, NamedNode | Literal) else ""
    text = curie(text) if isinstance(term, NamedNode) else text
    return _cell(text) if short else text


def _cell(text: str) -> str:
    short = text if len(text) <= WIDTH or text.endswith("?") else text[: WIDTH - 1].rstrip() + "…"
    return " ".join(short.replace("|", "\\|").replace("<", "&lt;").split())


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="a build of articles/")
    parser.add_argument("--out", type=Path, default=Path("docs/queries.md"))
    parser.add_argument("--rows", type=Path, metavar="FOLDER", help="also the rows, as tests/gallery has them")
    options = parser.parse_args()
    graph, found = Graph.load(options.build), questions()
    options.out.write_text(page(graph, found), encoding="utf-8")
    for one in found if options.rows else ():
        if (path := options.rows / f"{one.name}.csv").exists():
            answer = graph.ask(one.name)
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(answer.variables)
                writer.writerows([_term(term, short=False) for term in row] for row in answer.rows)


if __name__ == "__main__":
    main()
