"""`kg export`: a build in the forms that other communities work with."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.built import build_option, built_file, records
from kg.errors import OutputError


@click.group()
def export() -> None:
    """Write a build as tables, as UCDP-like rows or as Wikidata QuickStatements."""


@export.command()
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
    from kg.query import Graph
    from kg.tables import files

    written = files(Graph.load(folder), records(folder))
    for name, data in sorted(written.items()):
        write(out / name, data)
        click.echo(str(out / name))


def write(path: Path, data: bytes) -> None:
    """Put a file in its place by one rename; raises OutputError where that cannot be."""
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another place") from error
