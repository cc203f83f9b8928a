"""The options that say how articles are read, and what is told of those that were not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.terminal import plain

if TYPE_CHECKING:
    from kg.ingest import Broken, Inputs

Command = TypeVar("Command", bound=Callable[..., object])
FORMATS = ("html", "jsonl", "parquet", "text", "warc")
TOLD = 10  # broken records that are named, the rest are counted


def input_options(command: Command) -> Command:
    """The options `--field`, `--format` and `--strict` of a command that reads articles."""
    for option in (
        click.option(
            "--strict/--lenient",
            default=None,
            help="Stop at the first broken record, or at none. By default a broken .txt or .md file stops the run, "
            "and a broken record of another file is reported and passed over.",
        ),
        click.option(
            "--format", "format_", type=click.Choice(FORMATS), help="The format of ARTICLES, whatever its name ends in."
        ),
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="FIELD=COLUMN",
            help="Which column of a JSON Lines or Parquet file holds the id, text, title, publisher, published, url, "
            "author or language, if it is not named so; give the option once for each.",
        ),
    ):
        command = option(command)
    return command


def inputs_of(fields: Sequence[str], format_: str | None, strict: bool | None) -> Inputs:
    """The options as one value; raises ArticleError for a field that there is not."""
    from kg.ingest import Inputs

    pairs = []
    for given in fields:
        field, equals, column = given.partition("=")
        if not equals or not column:
            raise click.BadParameter(f"{given!r} is not of the form FIELD=COLUMN", param_hint="--field")
        pairs.append((field.strip(), column.strip()))
    return Inputs(tuple(pairs), strict, format_)


def report_skipped(articles: Path) -> None:
    """Tell the files of a folder that are no articles; raises ArticleError where there are no others."""
    from kg.ingest import find_files

    for skip in find_files(articles).skipped:
        click.echo(f"kg: skipped {plain(str(skip.path))}: {skip.reason}", err=True)


def report_left_out(broken: Sequence[Broken]) -> None:
    """Tell the records that were not read: the broken ones by name as far as there are few, the others by number."""
    faults = [item for item in broken if not item.harmless]
    for item in faults[:TOLD]:
        click.echo(f"kg: left out {plain(str(item))}", err=True)
    rest, harmless = len(faults) - TOLD, len(broken) - len(faults)
    counts = [f"{rest:,} more broken records"] if rest > 0 else []
    counts += [f"{harmless:,} records that repeat another, are in another language or hold no article"] * bool(harmless)
    if counts:
        click.echo(f"kg: left out {' and '.join(counts)}; dropped.jsonl has them all", err=True)
