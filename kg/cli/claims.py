"""`kg claims`: the flat records of a build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.built import build_option, built_file, records
from kg.cli.terminal import show, show_table, width
from kg.labels import digits
from kg.published import reading

COLUMNS = ("id", "number", "measure", "group", "origin", "via", "as of", "place", "words")
CHUNK = 1 << 20  # bytes that are printed at once
WIDE = 160  # the columns of a terminal that has room for the words


@click.command(short_help="Print the flat record of every count.")
@build_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl", "csv"]),
    default=None,
    help="Default: a table on a terminal, else jsonl.",
)
def claims(folder: Path, style: str | None) -> None:
    """Print the flat record of every claim: one count, one line."""
    style = style or ("table" if sys.stdout.isatty() else "jsonl")
    if style == "table":
        columns = COLUMNS[:-1] if (width() or WIDE) < WIDE else COLUMNS
        show_table("", columns, [_cells(record)[: len(columns)] for record in records(folder)])
        return
    if style == "csv" and not (folder / "claims.csv").is_file():  # a large build has none
        from kg.records import to_csv

        show(to_csv(records(folder)).decode())
        return
    with reading(built_file(folder, f"claims.{style}")) as stream:
        while lines := stream.readlines(CHUNK):
            show(b"".join(lines).decode())


def number(record: dict[str, Any]) -> str:
    """A record's count in figures: `2,000`, `≥ 20`, `20–30`, `about 100`, or its vague word."""
    return digits(record["low"], record["high"], record["vague"], record["approx"])


def _cells(record: dict[str, Any]) -> tuple[str, ...]:
    return (
        record["id"],
        number(record),
        " ".join(filter(None, (record["status"], record["measure"]))) + (" (denied)" if record["negated"] else ""),
        record["group"] or "—",
        record["origin"] or "—",
        " ← ".join(record["via"]) or "—",
        record["as_of"] or "—",
        record["place"] or "—",
        record["words"],
    )
