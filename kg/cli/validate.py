"""`kg validate`: a build against its shapes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.built import built_file
from kg.cli.terminal import plain, progress

if TYPE_CHECKING:
    from kg.validate import Report

VIOLATED = 1


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("build"), metavar="[BUILD]")
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    default=Path("articles"),
    show_default=True,
    metavar="FOLDER",
    help="Where the articles are: every quotation is compared with the text at its place.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def validate(context: click.Context, folder: Path, articles: Path, as_json: bool) -> None:
    """Validate a BUILD (default: build) with pySHACL and say in words what is wrong with it."""
    built_file(folder, "kg.nq")

    from kg.validate import validate_build

    with progress("Validating"):
        report = validate_build(folder, articles)
    violated = violates(report)
    if as_json:
        content = {"conforms": not violated, "results": [asdict(row) for row in report.rows]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        for line in report.table().rstrip("\n").split("\n"):
            indent = len(line) - len(line.lstrip(" "))
            click.echo(line[:indent] + plain(line[indent:]))
    if violated:
        context.exit(VIOLATED)


def violates(report: Report) -> bool:
    """Whether a shape is violated; a warning alone is shown, and is no failure."""
    return any(row.severity == "Violation" for row in report.rows)
