"""`kg export`: a build in the forms that other communities work with."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import show
from kg.errors import OutputError


@click.group(short_help="Write a build in other forms.")
def export() -> None:
    """Write a build as tables, as UCDP-like rows or as Wikidata QuickStatements."""


@export.command(short_help="Claims, figures and attribution, as CSV too.")
@build_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("tables"),
    show_default=True,
    metavar="FOLDER",
    help="Where the files are written.",
)
def tables(folder: Path, out: Path) -> None:
    """Write claims, figures and attribution as Parquet and CSV, with a description (datapackage.json)."""
    built_file(folder, "kg.nq")
    from kg.tables import files

    written = files(folder)
    for name, data in sorted(written.items()):
        write(out / name, data)
        click.echo(str(out / name))


@export.command(short_help="Low, best and high of people killed.")
@build_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE", help="A .csv or .parquet file; else print."
)
def ucdp(folder: Path, out: Path | None) -> None:
    """Write figures of people killed as low, best and high rows like UCDP's candidate events.

    One row is one number of one origin, with its chain of sources, words and offsets. A file of CSV gets its
    description beside it (NAME.datapackage.json). Limits: docs/exports.md.
    """
    if out is not None and out.suffix not in (".csv", ".parquet"):
        raise click.UsageError("--out takes a name that ends in .csv or .parquet")
    built_file(folder, "kg.nq")
    from kg.query import Graph
    from kg.tables import package, rows_of, to_csv, to_parquet
    from kg.ucdp import ucdp_rows

    rows = ucdp_rows(Graph.load(folder), rows_of(folder, "figures"), rows_of(folder, "attribution"))
    if out is None:
        show(to_csv("ucdp", rows).decode())
    elif out.suffix == ".parquet":
        write(out, to_parquet("ucdp", rows))
    else:
        write(out, to_csv("ucdp", rows))
        write(out.with_suffix(".datapackage.json"), package({"ucdp": out.name}))


@export.command(short_help="Statements for Wikidata, for you to send.")
@click.option("--item", required=True, metavar="Q…", help="The Wikidata item that the statements are about.")
@click.option("--group", metavar="WORDS", help="Only figures that count these, in words; default: all.")
@build_option
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write to a file.")
def quickstatements(item: str, group: str | None, folder: Path, out: Path | None) -> None:
    """Print figures as Wikidata QuickStatements about an ITEM that you name, for you to read and to send.

    Deaths (P1120), injured (P1339) and both together (P1590), with the day, "circa" where the words say so, and a
    reference. What is left out is told on standard error. Limits: docs/exports.md.
    """
    from kg.quickstatements import is_item, statements

    if not is_item(item):
        raise click.UsageError(f"{item!r} is no Wikidata item; write it as Q42")
    built_file(folder, "kg.nq")
    from kg.cli.asked import groups
    from kg.query import Graph
    from kg.tables import rows_of

    graph = Graph.load(folder)
    found = statements(graph, rows_of(folder, "figures"), item, groups(graph, group) if group else None)
    for reason, number in found.left_out:
        click.echo(f"left out: {number} {'figure' if number == 1 else 'figures'}: {reason}", err=True)
    if out is None:
        show(found.to_bytes().decode())
    else:
        write(out, found.to_bytes())


def write(path: Path, data: bytes) -> None:
    """Put a file in its place by one rename; raises OutputError where that cannot be."""
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another place") from error
