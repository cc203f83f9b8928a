"""`kg ask`: the questions that are shipped with the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.built import build_option, built_file
from kg.cli.query import format_option, print_result
from kg.cli.terminal import show, show_table

if TYPE_CHECKING:
    from kg.questions import Question

COLUMNS = ("row", "words", "file", "from", "to", "claim")


@click.command(
    context_settings={"ignore_unknown_options": True}, short_help="Answer a shipped question, with its evidence."
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="NAME [--PARAMETER VALUE]...")
@click.option("--list", "listed", is_flag=True, help="List the questions and their parameters.")
@click.option("--sparql", is_flag=True, help="Print the question's query, with its parameters, instead of its answer.")
@click.option("--evidence", is_flag=True, help="Print the claims behind each row, with their words and offsets.")
@build_option
@format_option
def ask(words: tuple[str, ...], listed: bool, sparql: bool, evidence: bool, folder: Path, style: str | None) -> None:
    """Answer a question by its NAME, as --list prints it.

    A question's parameters are options: kg ask latest-by-origin --group "North Korean soldiers" --kind killed.
    """
    if listed == bool(words):
        raise click.UsageError("name a question, or use --list to see them")
    if evidence and style not in (None, "table"):
        raise click.UsageError("--evidence prints tables; leave out --format")
    from kg.query import Graph
    from kg.questions import bound, question, questions

    if listed:
        show_table("", ("name", "question"), [(found.name, _listed(found)) for found in questions()])
        return
    name, given = _parsed(words)
    asked = question(name)
    if sparql and not given:
        show(bound(asked, {}))
        return
    built_file(folder, "kg.nq")
    from kg.cli.binding import terms

    graph = Graph.load(folder)
    values = terms(graph, asked, given)
    if sparql:
        show(bound(asked, values))
        return
    answer = graph.ask(name, values)
    if style in (None, "table"):
        show(in_words(asked, given) + "\n")
    print_result(answer, style)
    if evidence:
        from kg.grounds import grounds
        from kg.query import curie

        found = grounds(graph, asked, values, answer)
        rows = [(str(g.row), g.words, g.file, str(g.start), str(g.end), curie(g.claim)) for g in found]
        show_table("", COLUMNS, rows)


def in_words(asked: Question, given: Mapping[str, str]) -> str:
    """The question as one asks it, with what was given for its parameters.

    >>> from kg.questions import Question
    >>> in_words(Question("q", "How many?", ""), {"kind": "killed"})
    'How many? (kind: killed)'
    """
    said = "; ".join(f"{name}: {value}" for name, value in given.items())
    return f"{asked.title} ({said})" if said else asked.title


def _listed(found: Question) -> str:
    lines = [f"--{known.name} ({known.scheme or known.type}) {known.words}" for known in found.parameters]
    return f"{found.title} [{'; '.join(lines)}]" if lines else found.title


def _parsed(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The question's name and its parameters, written `--name value` or `--name=value` before or after it."""
    names: list[str] = []
    given: dict[str, str] = {}
    left = list(words)
    while left:
        word = left.pop(0)
        if not word.startswith("-"):
            names.append(word)
            continue
        name, separator, value = word.removeprefix("--").partition("=")
        if not separator:
            if not left:
                raise click.UsageError(f"{word} needs a value")
            value = left.pop(0)
        if name in given:
            raise click.UsageError(f"--{name} is given twice")
        given[name] = value
    if len(names) != 1:
        raise click.UsageError("name one question; 'kg ask --list' lists them")
    return names[0], given
