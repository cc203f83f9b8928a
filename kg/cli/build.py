"""`kg build`: from a folder of articles to a validated graph."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.built import each_record, manifest
from kg.cli.claims import number
from kg.cli.cluster import build_on_spark, engine_options
from kg.cli.inputs import input_options, inputs_of, report_left_out, report_skipped
from kg.cli.progress import reported
from kg.cli.terminal import plain
from kg.cli.validate import VIOLATED, violates

if TYPE_CHECKING:
    from kg.unresolved import Unresolved

MOST = 5  # of the names that no table has, in the summary
FIRST = 2_000  # records among which the example is: a newswire has hundreds of thousands


@click.command(short_help="Build, validate and export the graph.")
@click.argument("articles", type=click.Path(path_type=Path), default=Path("articles"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    metavar="FOLDER",
    help="Where the files are written; a previous build there is replaced as a whole.",
)
@input_options
@click.option(
    "--cache",
    metavar="FOLDER|none",
    default=None,
    help="Where what was read is kept for the next build.  [default: the --out folder's name with .cache behind it]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=None,
    metavar="N",
    help="Processes that read articles.  [default: one for a few articles, else one for each core]",
)
@click.option(
    "--article-timeout",
    "timeout",
    type=click.FloatRange(0.001, 86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="An article that takes longer to read is recorded as dropped.",
)
@click.option(
    "--form",
    type=click.Choice(["auto", "plain", "packed"]),
    default="auto",
    show_default=True,
    help="Turtle, TriG, N-Quads, CSV and JSON Lines, or files packed with zstd; auto: packed above 1,000 articles or "
    "250,000 quads.",
)
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Print the build's manifest as one JSON object.")
@click.pass_context
def build(
    context: click.Context,
    articles: Path,
    out: Path,
    fields: tuple[str, ...],
    format_: str | None,
    strict: bool | None,
    cache: str | None,
    workers: int | None,
    timeout: float,
    form: str,
    engine: str,
    master: str | None,
    conf: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build, validate and export the graph of the ARTICLES: a folder (default: articles), one file, or - for
    standard input.

    An article is a UTF-8 .txt or .md file, with an optional YAML front matter or a sidecar
    NAME.meta.yaml that gives its title, publisher, author, published and url; a page (.html); or a record of
    a .jsonl, .parquet or .warc file. Each may be packed (.gz, .zst). Names of your own stand
    beside the articles in actors.tsv and places.tsv.

    A build that is interrupted is continued by running it again; one of unchanged articles is read from the cache.
    """
    inputs = inputs_of(fields, format_, strict)
    if engine == "spark":
        build_on_spark(context, articles, out, inputs, timeout, master, conf, as_json)
        return
    report_skipped(articles)
    from kg import pipeline
    from kg.engine.reading import Settings

    kept = None if cache == "none" else Path(cache) if cache else out.with_name(f"{out.name}.cache")
    with reported(f"Reading {plain(str(articles))}") as told:
        settings = Settings(workers=workers, timeout=timeout, told=told)
        packed = None if form == "auto" else form == "packed"
        summary = pipeline.build(articles, out, inputs, cache=kept, packed=packed, settings=settings)
    for name, reason in summary.lost:
        click.echo(f"kg: dropped {plain(name)}: {plain(reason)}", err=True)
    report_left_out(summary.left_out)
    violated = violates(summary.report)
    if as_json:
        click.echo(json.dumps(manifest(out), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo(_account(out, summary.counts, summary.unresolved, violated))
    if violated:
        context.exit(VIOLATED)


def _account(out: Path, counts: Mapping[str, int], missing: Sequence[Unresolved], violated: bool) -> str:
    lines = [f"Wrote {plain(str(out))}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items())]
    lines += [f"  {path.name:<18}{_size(path):>10}" for path in sorted(out.iterdir()) if path.is_file()]
    lines += _unresolved(out, missing)
    lines.append("The graph violates a shape:" if violated else "The graph conforms to its shapes.")
    where = "" if out == Path("build") else f" --build {shlex.quote(str(out))}"
    if violated:
        lines.append(f"  see {plain(str(out / 'shacl-report.txt'))}, or run 'kg validate'")
    else:
        lines += ["", "Three things to try next:", *(f"  {words:<44}{command}" for words, command in _next(out, where))]
    return "\n".join(lines)


def _unresolved(out: Path, missing: Sequence[Unresolved]) -> list[str]:
    if not missing:
        return []
    first = ", ".join(f"{plain(name.name)} ({name.count})" for name in missing[:MOST])
    names = "1 name is" if len(missing) == 1 else f"{len(missing):,} names are"
    return [
        f"{names} in no table; {plain(str(out / 'unresolved.tsv'))} has them by frequency:",
        f"  {first}{', …' if len(missing) > MOST else ''}",
    ]


def _next(out: Path, where: str) -> list[tuple[str, str]]:
    kg = ".venv/bin/kg" if Path(".venv/bin/kg").exists() else "kg"
    steps = [("all claims in a table", f"{kg} claims --format table{where}")]
    example = _example(islice(each_record(out), FIRST))
    if example:
        steps.append((f"who says {number(example)} {example['measure']}", f"{kg} explain {example['id']}{where}"))
    else:
        steps.append(("what the graph holds", f"{kg} stats{where}"))
    steps.append(("questions to ask of it", f"{kg} ask --list"))
    return steps


def _example(rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """A record worth explaining: the first of these with the longest chain of sources."""
    return max(rows, key=lambda row: (len(row["via"]), row["origin"] is not None), default=None)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:,.1f} kB"
