"""`kg ask`: the questions that are shipped with the package."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.built import build_option, built_file
from kg.cli.query import format_option, print_result
from kg.cli.terminal import show, show_table


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the questions.")
@click.option("--sparql", is_flag=True, help="Print the question's query instead of its answer.")
@build_option
@format_option
def ask(name: str | None, listed: bool, sparql: bool, folder: Path, style: str | None) -> None:
    """Answer a question by its NAME, as --list prints it."""
    if listed == bool(name):
        raise click.UsageError("name a question, or use --list to see them")
    from kg.query import Graph, question, questions

    if name is None:
        show_table("", ("name", "question"), [(found.name, found.title) for found in questions()])
        return
    asked = question(name)
    if sparql:
        show(asked.sparql)
        return
    built_file(folder, "kg.nq")
    print_result(Graph.load(folder).ask(name), style)
