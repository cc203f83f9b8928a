"""The command line: one module per command. Whatever is slow to import is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.actors import actors
from kg.cli.ask import ask
from kg.cli.build import build
from kg.cli.claims import claims
from kg.cli.disagreements import disagreements
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.load import load
from kg.cli.query import query
from kg.cli.series import series
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.validate import validate

EPILOG = """\b
Exit codes:
  0  done
  1  the graph violates a shape
  2  bad input or usage; the one line on standard error says where and what to do
  70  a fault of the program, with its traceback
  130  interrupted; a previous build is left as it was"""


PIPE_CLOSED = 141  # as a process that SIGPIPE ends


class _Commands(click.Group):
    """A reader that goes away (`| head`) is no failure of ours; click would exit with 1, which means a violation."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to complain at exit
            raise click.exceptions.Exit(PIPE_CLOSED) from None


@click.group(
    cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def cli() -> None:
    """A knowledge graph of the contested numbers in war reporting.

    Every number of an article is kept as a claim: its words, its bounds, who said it and through
    whom, when, where, and how it relates to every other claim.
    """


for command in (
    build,
    validate,
    claims,
    actors,
    query,
    ask,
    explain,
    series,
    disagreements,
    stats,
    serve,
    load,
    export,
):
    cli.add_command(command)
