"""`kg serve`: the build as a SPARQL endpoint."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

import click

from kg.cli.built import build_option
from kg.errors import OutputError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command(short_help="Serve a build as a SPARQL endpoint.")
@build_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; loopback by default.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(16, 2 * (os.cpu_count() or 1)),
    help="Processes that answer; default: two a core.",
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, help="Seconds of one query."
)
@click.option("--max-answer", type=click.IntRange(1, 4096), default=64, show_default=True, help="MB of one answer.")
@click.option(
    "--max-memory", type=click.IntRange(64), default=2048, show_default=True, help="MB that a query may take."
)
@click.option("--allow-service", is_flag=True, help="Let queries call other endpoints (SERVICE).")
@click.option(
    "--update", "updates", is_flag=True, help="Take SPARQL updates at /update, from those who know the token."
)
@click.option("--token-env", metavar="NAME", help="The environment variable that holds the token of updates.")
@click.option("--quiet", is_flag=True, help="Log no requests.")
def serve(
    folder: Path,
    host: str,
    port: int,
    workers: int,
    timeout: float,
    max_answer: int,
    max_memory: int,
    allow_service: bool,
    updates: bool,
    token_env: str | None,
    quiet: bool,
) -> None:
    """Serve a build as a SPARQL 1.1 endpoint, with a page for every node of it.

    Queries are answered at /sparql, the start page is at /. A 'kg build' into the same folder is seen by the
    next request; nothing needs to be restarted. Ctrl-C lets running requests end.
    """
    token = _token(updates, token_env)
    from kg.store import current, open_store

    if current(folder) is None:
        raise OutputError(f"{folder / 'store'}: there is no store; run 'kg build ARTICLES --out {folder}' first")
    open_store(folder).close()  # a damaged one is told now, and not to the first client
    _try(host, port)
    import uvicorn

    from kg.cli.binding import terms
    from kg.serve.app import application
    from kg.serve.settings import Settings

    settings = Settings(
        build=folder.resolve(),
        binding=terms,
        workers=workers,
        seconds=timeout,
        largest_answer=max_answer * 2**20,
        memory=max_memory * 2**20,
        token=token,
        service=allow_service,
    )
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING if quiet else logging.INFO)
    if host not in LOOPBACK:
        click.echo(f"kg: listening on {host}: whoever reaches it can query the data", err=True)
    config = uvicorn.Config(
        application(settings),
        host=host,
        port=port,
        access_log=False,
        log_level="warning" if quiet else "info",
        server_header=False,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=64 * 2**10,
    )
    uvicorn.Server(config).run()


def _try(host: str, port: int) -> None:
    """Raise OutputError where nothing can listen on the address; the server would say so in lines of its log."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise OutputError(
            f"{host}:{port}: cannot be listened on ({error.strerror or error}); name another with --host and --port"
        ) from error


def _token(updates: bool, variable: str | None) -> str | None:
    """The token of updates; None where they are off. A token on the command line would show in a list of processes."""
    if not updates:
        if variable:
            raise click.UsageError("--token-env is for --update")
        return None
    if not variable:
        raise click.UsageError("--update needs --token-env NAME, the variable that holds the token")
    token = os.environ.get(variable, "").strip()
    if not token:
        raise click.UsageError(f"the environment variable {variable} is empty or not set")
    return token
