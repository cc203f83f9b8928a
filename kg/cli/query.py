"""`kg query`: SPARQL over a build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import show, width
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import Result

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default=None,
    help="Default: a table, and Turtle for CONSTRUCT and DESCRIBE.",
)


@click.command(short_help="Answer a SPARQL query.")
@click.argument("sparql", metavar='FILE|-|"SELECT …"')
@build_option
@format_option
def query(sparql: str, folder: Path, style: str | None) -> None:
    """Answer a SPARQL query: from a FILE, from standard input (-), or as it stands on the command line.

    The prefixes of the ontology (kg, prov, oa, skos, …) need no declaration. A query sees all
    articles together; GRAPH tells them apart.
    """
    text, name = _read(sparql)
    built_file(folder, "kg.nq")

    from kg.query import Graph

    print_result(Graph.load(folder).run(text, name), style)


def print_result(result: Result, style: str | None) -> None:
    """Print an answer in a format, or in the one that suits its kind."""
    from kg.query import render

    show(render(result, style or ("turtle" if result.kind == "construct" else "table"), width()))


def _read(argument: str) -> tuple[str, str]:
    """The query's text and what to call it in an error."""
    if argument == "-":
        data, name = sys.stdin.buffer.read(), "standard input"
    elif "{" in argument or "\n" in argument:
        return argument, "query"
    else:
        try:
            data, name = Path(argument).read_bytes(), argument
        except (OSError, ValueError) as error:
            raise QueryError(
                f"{argument}: is neither a SPARQL query nor a file that can be read; check the name"
            ) from error
    try:
        return data.decode(), name
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: is not UTF-8 (byte {error.start}); save the query as UTF-8") from error
