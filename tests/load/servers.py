"""Real triple stores, each started on a free port of loopback and stopped again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stores import store_quads

STARTING = 90  # seconds; the machine may be busy
TOKEN = "loopback-only"  # noqa: S105
VIRTUOSO = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True)
class Server:
    """A running store: how `kg load` is told of it, and where and how it is queried."""

    load: list[str]
    query: str
    parameters: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    sql: str = ""  # the address of Virtuoso's own client


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the Oxigraph server is not installed (PyPI: oxigraph)")
    url = f"http://127.0.0.1:{free_port()}"
    command = [program, "serve", "--location", folder / "store", "--bind", url.removeprefix("http://")]
    with running(command, f"{url}/query?query=ASK%7B%7D"):
        yield Server([url], f"{url}/query", {"union-default-graph": "true"})


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    http, sql = free_port(), free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(VIRTUOSO.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    url = f"http://127.0.0.1:{http}"
    with running([program, "+configfile", configuration, "+foreground"], f"{url}/sparql?query=ASK%7B%7D"):
        yield Server(
            [url, "--user", "dba", "--password-env", "KG_TEST_DBA"],
            f"{url}/sparql",
            environment={"KG_TEST_DBA": "dba"},
            sql=f"127.0.0.1:{sql}",
        )


@contextmanager
def own(folder: Path) -> Iterator[Server]:
    store_quads(folder, [])
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "kg", "serve", "--build", folder, "--port", str(port), "--workers", "1", "--quiet"]
    with running([*command, "--update", "--token-env", "KG_TEST_TOKEN"], f"{url}/health", {"KG_TEST_TOKEN": TOKEN}):
        yield Server(
            [url, "--kind", "kg", "--token-env", "KG_TEST_TOKEN"], f"{url}/sparql", environment={"KG_TEST_TOKEN": TOKEN}
        )


STORES = {"oxigraph": oxigraph, "virtuoso": virtuoso, "kg serve": own}


@contextmanager
def running(command: list[object], probe: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    """The server while the block runs; it is stopped as a service manager would stop it."""
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )
    try:
        wait_for(probe, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"{process.args} ended with {process.returncode}")  # type: ignore[str-bytes-safe]
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer")
