"""`kg load`: a build into a triple store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.built import build_option, built_file
from kg.cli.terminal import plain
from kg.errors import LoadError

if TYPE_CHECKING:
    from kg.load.login import Login
    from kg.load.run import Plan

INTERRUPTED = 130


@click.command(short_help="Load a build into a triple store.")
@click.argument("url", metavar="URL")
@build_option
@click.option("--graph", "prefix", default="", metavar="PREFIX", help="Begin the graphs' names with this IRI.")
@click.option("--kind", metavar="STORE", help="virtuoso, fuseki, …; else the store is asked what it is.")
@click.option("--update-url", metavar="URL", help="Where the store takes updates, if it is not known.")
@click.option("--graph-store-url", metavar="URL", help="Where the store takes whole graphs, if it is not known.")
@click.option("--user", metavar="NAME", help="The user; the password comes from --password-env.")
@click.option("--password-env", metavar="VAR", help="The environment variable that holds the password.")
@click.option("--token-env", metavar="VAR", help="The environment variable that holds a bearer token.")
@click.option("--drop", "dropping", is_flag=True, help="Remove what former loads put there, and load nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before --drop.")
@click.option("--replace", is_flag=True, help="Replace graphs of the same names that something else put there.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--chunk", type=click.IntRange(1), metavar="N", help="Triples in one update, where updates are used.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=120.0, show_default=True, help="Seconds for one request."
)
@click.option(
    "--attempts", type=click.IntRange(1, 20), default=4, show_default=True, help="How often a request is tried."
)
@click.pass_context
def load(
    context: click.Context,
    url: str,
    folder: Path,
    prefix: str,
    kind: str | None,
    update_url: str | None,
    graph_store_url: str | None,
    user: str | None,
    password_env: str | None,
    token_env: str | None,
    dropping: bool,
    yes: bool,
    replace: bool,
    dry_run: bool,
    chunk: int | None,
    timeout: float,
    attempts: int,
) -> None:
    """Load a build into the triple store at URL: its base, or where it takes queries.

    Each graph is counted in the store after it was sent, and a manifest there says which graphs are finished:
    a later load sends what has changed, removes what the build no longer has, and touches nobody else's graphs.
    """
    login = _login(user, password_env, token_env)
    from kg.load.http import Client
    from kg.load.kinds import checked, kinds
    from kg.load.manifest import Manifest
    from kg.load.remote import Remote, find
    from kg.load.run import carry_out, drop, plan
    from kg.load.source import Source, named

    if kind is not None and kind not in kinds():
        raise click.UsageError(f"there is no kind of store {kind!r}; there are {', '.join(kinds())}")
    urls = [checked(given) if given else None for given in (url, update_url, graph_store_url)]
    if prefix:
        named(prefix)
    if login:
        _warn_of_plain_text([given for given in urls if given])
    with _telling() as tell, Client(login, timeout, attempts, tell) as client:
        found = find(client, urls[0] or "", kinds()[kind] if kind else None)
        remote = Remote(client, found.with_own(urls[1], urls[2], chunk))
        manifest = Manifest(remote, prefix)
        if dropping:
            listed = len(manifest.read())
    if dropping:
        if not listed:
            click.echo(f"There is nothing under {manifest.name}; nothing was dropped.")
            return
        if dry_run:
            click.echo(f"Would drop {_graphs(listed)} and {manifest.name}.")
            return
        if not yes:
            click.confirm(f"Drop {_graphs(listed)} and {manifest.name}?", abort=True, err=True)
    with _telling() as tell, _interruptible(context), Client(login, timeout, attempts, tell) as client:
        remote = Remote(client, found.with_own(urls[1], urls[2], chunk))
        manifest = Manifest(remote, prefix)
        if dropping:
            click.echo(f"Dropped {_graphs(drop(remote, manifest))}.")
            return
        built_file(folder, "manifest.json")
        source = Source(folder, prefix)
        todo = plan(source, remote, manifest, replace)
        if not dry_run:
            carry_out(todo, source, remote, manifest, tell)
    click.echo(_account(todo, dry_run))


def _account(todo: Plan, dry_run: bool) -> str:
    parts = [
        f"{len(graphs):,} {word}"
        for graphs, word in (
            (todo.new, "new"),
            (todo.changed, "changed"),
            (todo.gone, "removed"),
            (todo.same, "as before"),
        )
        if graphs
    ]
    if dry_run:
        return f"Would send {todo.triples:,} triples. Graphs: {', '.join(parts)}."
    return f"Sent {todo.triples:,} triples; every graph was counted in the store. Graphs: {', '.join(parts)}."


def _graphs(number: int) -> str:
    return "1 graph" if number == 1 else f"{number:,} graphs"


def _login(user: str | None, password_env: str | None, token_env: str | None) -> Login:
    """Who we are, out of the environment; a secret never stands on a command line."""
    if bool(user) != bool(password_env):
        raise click.UsageError("give --user and --password-env together")
    if user and token_env:
        raise click.UsageError("give a user or a token, not both")
    from kg.load.login import Login

    return Login(user or "", _secret(password_env), _secret(token_env))


def _secret(variable: str | None) -> str:
    if variable is None:
        return ""
    value = os.environ.get(variable, "")
    if not value:
        # Somebody may have given the secret itself where its variable's name belongs.
        raise LoadError("the environment variable that should hold the password or token is not set; set and export it")
    return value


def _warn_of_plain_text(urls: list[str]) -> None:
    from kg.load.http import is_open, shown

    for url in urls:
        if is_open(url):
            click.echo(f"kg: {plain(shown(url))}: the login is sent unencrypted; use https", err=True)


@contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """Show progress on standard error, if that is a terminal, and what is tried again in any case."""
    if not sys.stderr.isatty():
        yield lambda words: click.echo(f"kg: {plain(words)}", err=True) if "again" in words else None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("Loading") as status:
        yield lambda words: status.update(f"Loading: {escape(plain(words))}")


@contextmanager
def _interruptible(context: click.Context) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("kg: error: interrupted; the same command continues where this one ended", err=True)
        context.exit(INTERRUPTED)
