"""`kg explain`: one claim in words."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import plain
from kg.errors import OutputError, QueryError
from kg.paths import text_file

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@click.command(short_help="Explain one claim, word by word.")
@click.argument("claim", metavar="ID")
@build_option
def explain(claim: str, folder: Path) -> None:
    """Explain one claim: its sentence with the number marked, the chain of its sources, its fields,
    the figure that it gives, and how it bears on other claims.

    ID is a claim's id as 'kg claims' prints it, with or without its prefix or namespace; a claim that was
    computed is explained by its premises.
    """
    name = re.split(r"[:/#]", claim)[-1]
    if not NAME.fullmatch(name):
        raise QueryError(f"{claim!r} is no claim's id; 'kg claims' lists them")
    graph = built_file(folder, "kg.nq")

    import pyoxigraph

    from kg.cli.explanation import Facts, text_hash
    from kg.cli.relating import explained
    from kg.published import reading
    from kg.vocab import definition_files

    store = pyoxigraph.Store()
    try:
        with reading(graph) as stream:
            store.bulk_load(input=stream, format=pyoxigraph.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise OutputError(f"{graph}:{error.lineno}: is damaged ({error.msg}); run 'kg build' again") from error
    for path in definition_files():
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    facts = Facts(store)
    click.echo(explained(facts, name))
    kept = folder / text_file(text_hash(facts, name) or "")
    if kept.is_file():
        click.echo(f"\nCharacters are counted in {plain(str(kept))}.")
