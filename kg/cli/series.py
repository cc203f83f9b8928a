"""`kg series`: low, best and high of one group and kind over time, as tables, files and a chart."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import show, show_table
from kg.errors import LexiconError, OutputError, QueryError

if TYPE_CHECKING:
    from kg.series import Day, Point

FORMATS = ("table", "csv", "json", "svg", "png")
FIELDS = (
    *("population", "kinds", "as_of", "earliest", "latest", "low", "best", "high", "approximator", "vague"),
    *("group", "restriction", "place", "origin", "origin_in_text", "via", "running_total", "superseded_by", "beside"),
    *("day_low", "day_best", "day_high", "mentions", "articles", "article", "start", "end", "words", "claim"),
)
COLUMNS = ("claim", "as of", "low", "best", "high", "said by", "words", "note")
DAY_COLUMNS = ("as of", "population", "low", "best", "high", "origins")


@click.command(short_help="Numbers over time, by origin, with a chart.")
@click.option("--group", required=True, metavar="WORDS", help="Whom: in words, or by whose people they are.")
@click.option("--kind", required=True, metavar="KIND", help="killed, wounded, missing, captured or casualties.")
@build_option
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default=None,
    help="Default: what the name of --out ends in, else a table.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write to a file, not to the screen."
)
def series(group: str, kind: str, folder: Path, style: str | None, out: Path | None) -> None:
    """Print the numbers of one GROUP and KIND over time, one row per figure, with words, chain and date.

    A figure is one number of one origin, however often it is repeated. Figures that later totals supersede
    stay; figures without a date, or of several kinds together, stand beside with the reason. Nothing here
    says which number is right.
    """
    style = style or _suffix(out)
    if style == "png" and out is None and sys.stdout.isatty():
        raise click.UsageError("a terminal cannot show PNG; name a file with --out")
    built_file(folder, "kg.nq")
    points = _points(group, kind, folder)
    if style == "table" and out is None:
        _tables(group, kind, points)
        return
    data = _file(group, kind, points, style)
    if out is not None:
        _write(out, data)
    elif style == "png":
        sys.stdout.buffer.write(data)
    else:
        show(data.decode())


def _file(group: str, kind: str, points: Sequence[Point], style: str) -> bytes:
    match style:
        case "svg" | "png":
            from kg.chart import chart

            return chart(points, f"{group}: {kind}", style)
        case "csv":
            return _csv(points).encode()
        case "json":
            return _json(group, kind, points).encode()
        case _:
            page = io.StringIO()
            with redirect_stdout(page):
                _tables(group, kind, points)
            return page.getvalue().encode()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another file") from error


def _points(group: str, kind: str, folder: Path) -> Sequence[Point]:
    from kg.cli.asked import asked, none_such
    from kg.query import Graph
    from kg.series import populations, series
    from kg.vocab import code, codes

    try:
        code("casualty-kind", kind)
    except LexiconError as error:
        raise QueryError(f"there is no kind {kind!r}; use {', '.join(codes('casualty-kind'))}") from error
    graph = Graph.load(folder)
    known = populations(graph)
    points = series(graph, asked(group, known), kind)
    if not points:
        raise none_such(group, kind, known)
    return points


def _suffix(out: Path | None) -> str:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else "table"


def flat(points: Sequence[Point]) -> list[dict[str, Any]]:
    """One flat row per figure, with the low, best and high of all origins of its day beside its own."""
    from kg.series import days

    by_figure = {point.figure: day for day in days(points) for point in day.points}
    rows = []
    for point in points:
        mention, day = point.cited, by_figure.get(point.figure)
        values = {name: getattr(mention, name) for name in FIELDS if hasattr(mention, name)}
        rows.append(
            values
            | {
                "population": point.population,
                "origin": mention.voices or mention.origins,
                "origin_in_text": mention.origins,
                "running_total": point.running,
                "superseded_by": point.superseded_by,
                "beside": point.beside,
                "day_low": day.low if day else None,
                "day_best": day.best if day else None,
                "day_high": day.high if day else None,
                "mentions": point.mentions,
                "articles": point.articles,
                "article": mention.file,
            }
        )
    return [{name: row[name] for name in FIELDS} for row in rows]


def _csv(points: Sequence[Point]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FIELDS)
    for row in flat(points):
        writer.writerow("; ".join(cell) if isinstance(cell, tuple) else cell for cell in row.values())
    return buffer.getvalue()


def _json(group: str, kind: str, points: Sequence[Point]) -> str:
    from kg.series import days

    across = [
        {
            "population": day.population,
            "as_of": day.as_of,
            "low": day.low,
            "best": day.best,
            "high": day.high,
            "claims": [point.cited.claim for point in day.points],
        }
        for day in days(points)
    ]
    content = {"group": group, "kind": kind, "days": across, "figures": flat(points)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _tables(group: str, kind: str, points: Sequence[Point]) -> None:
    from kg.series import days

    across = days(points)
    tables = (
        (f"{group}, {kind}", COLUMNS, [_cells(point) for day in across for point in day.points]),
        ("Beside them, for the reason in the note", COLUMNS, [_cells(p) for p in points if p.beside is not None]),
        ("All origins of a time together", DAY_COLUMNS, [_day_cells(day) for day in across]),
    )
    for number, (title, columns, rows) in enumerate(table for table in tables if table[2]):
        if number:
            click.echo()
        show_table(title, columns, rows)


def _day_cells(day: Day) -> tuple[str, ...]:
    numbers = map(_figure, (day.low, day.best, day.high))
    return (day.as_of, day.population, *numbers, "; ".join(point.cited.by for point in day.points))


def _cells(point: Point) -> tuple[str, ...]:
    mention = point.cited
    return (
        mention.id,
        mention.as_of or "not stated",
        *map(_figure, (mention.low, mention.best, mention.high)),
        " ← ".join((*mention.via, mention.by)),
        f"“{mention.words}” {mention.where}",
        "; ".join(_notes(point)),
    )


def _notes(point: Point) -> Iterator[str]:
    """What else must be known: why it stands beside, what softens it, whether it is a total, who gives it again."""
    mention = point.cited
    if point.beside:
        yield point.beside
    if softener := mention.approximator or mention.vague:
        yield f"“{softener}”"
    if point.running:
        yield {"stated": "a running total", "inferred": "taken for a running total"}[point.running]
    if mention.taken_from:
        yield f"origin taken from “{mention.taken_from}”"
    if point.superseded_by:
        yield f"superseded by {', '.join(iri.rpartition('/')[2] for iri in point.superseded_by)}"
    if point.mentions > 1:
        yield f"{point.mentions} mentions in {point.articles} article{'s' if point.articles > 1 else ''}"


def _figure(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"
