"""`kg validate`: a build against its shapes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.built import built_file
from kg.cli.terminal import plain, progress, width

if TYPE_CHECKING:
    from kg.validate import Report

VIOLATED = 1
MOST = 100  # results in a table: whoever has more needs the summary, or a file
SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}
STYLES = ("table", "turtle", "json")


@click.command(short_help="Validate a build, and say what is wrong.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("build"), metavar="[BUILD]")
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    default=Path("articles"),
    show_default=True,
    metavar="FOLDER",
    help="Where the articles are: every quotation is compared with the text at its place.",
)
@click.option(
    "--engine",
    type=click.Choice(["fast", "pyshacl"]),
    default=None,
    help="What validates: shifty (fast), or the reference pySHACL. Default: pySHACL for a small graph, else shifty.",
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Threads of the fast engine.")
@click.option(
    "--severity",
    type=click.Choice(list(SEVERITIES)),
    default="info",
    show_default=True,
    help="Report only results that are at least as severe.",
)
@click.option(
    "--format", "style", type=click.Choice(STYLES), default="table", show_default=True, help="What is printed."
)
@click.option("--most", type=click.IntRange(0), default=MOST, show_default=True, help="Results in a table; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def validate(
    context: click.Context,
    folder: Path,
    articles: Path,
    engine: str | None,
    workers: int,
    severity: str,
    style: str,
    most: int,
    as_json: bool,
) -> None:
    """Validate a BUILD (default: build) and say in words what is wrong with it, and where.

    Exit code: 0 if no shape is violated (a warning alone is shown, and is no failure), 1 if one is,
    2 if the build or an article is missing, damaged or not the one that was read.
    """
    built_file(folder, "kg.nq")

    from kg.validate import validate_build

    with progress("Validating"):
        report = validate_build(folder, articles, engine, workers)
    violated = violates(report)
    report = report.at_least(SEVERITIES[severity])
    if as_json or style == "json":
        click.echo(json.dumps(_content(report, violated), ensure_ascii=False, indent=2))
    elif style == "turtle":
        click.echo(report.to_turtle().decode(), nl=False)
    else:
        _show(report, most or None)
    if violated:
        context.exit(VIOLATED)


def violates(report: Report) -> bool:
    """Whether a shape is violated; a warning alone is shown, and is no failure."""
    return any(row.severity == "Violation" for row in report.rows)


def _content(report: Report, violated: bool) -> dict[str, object]:
    shapes = Counter(row.shape for row in report.rows)
    return {
        "conforms": not violated,
        "engine": report.engine,
        "shapes": dict(sorted(shapes.items())),
        "results": [asdict(row) for row in report.rows],
    }


def _show(report: Report, most: int | None) -> None:
    lines = report.table(width(), most).rstrip("\n").split("\n")
    lines[-1] = f"{lines[-1].removesuffix('.')} (engine: {report.engine})."
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        click.echo(line[:indent] + plain(line[indent:]))
