"""`kg build --engine spark`: the options of a build on Apache Spark, and what it tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import plain
from kg.cli.validate import VIOLATED, violates

if TYPE_CHECKING:
    from kg.ingest import Inputs


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose and set up Spark."""
    options = (
        click.option(
            "--engine",
            type=click.Choice(["local", "spark"]),
            default="local",
            show_default=True,
            help="Processes of this machine, or Apache Spark (docs/scale.md): the same claims and relations.",
        ),
        click.option(
            "--master",
            metavar="URL",
            default=None,
            help="Spark's master, as local[2]; not needed under spark-submit.",
        ),
        click.option(
            "--spark-conf", "conf", multiple=True, metavar="KEY=VALUE", help="A setting of Spark; may be repeated."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def build_on_spark(
    context: click.Context,
    articles: Path,
    out: Path,
    inputs: Inputs,
    timeout: float,
    master: str | None,
    conf: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build, and tell what was written; exits with VIOLATED where a graph violates a shape."""
    from kg.engine.cluster import address
    from kg.engine.spark.build import Cluster, build

    settings = {}
    for setting in conf:
        name, sign, value = setting.partition("=")
        if not sign:
            raise click.BadParameter(f"{setting!r} is no KEY=VALUE", param_hint="--spark-conf")
        settings[name] = value
    built = build(address(articles), address(out), Cluster(master=master, timeout=timeout, conf=settings), inputs)
    for name, reason in built.lost:
        click.echo(f"kg: dropped {plain(name)}: {plain(reason)}".replace("dropped : ", "dropped "), err=True)
    if built.left_out:
        click.echo(
            f"kg: left out {built.left_out:,} files and records that are no articles; dropped.jsonl has them", err=True
        )
    violated = violates(built.report)
    if as_json:
        click.echo(json.dumps({"counts": built.counts, "out": built.out}, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo(f"Wrote {plain(built.out)}: " + ", ".join(f"{n:,} {name}" for name, n in built.counts.items()))
        click.echo("The graph violates a shape." if violated else "The graph conforms to its shapes.")
    if violated:
        context.exit(VIOLATED)
