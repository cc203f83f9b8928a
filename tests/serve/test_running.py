"""An endpoint as its operator sees it: what it logs, how it ends, what it says when it has too much to do."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.serve.app import application
from kg.serve.settings import Settings
from tests.serve.conftest import TOKEN

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LINE = re.compile(r"[\d-]+ [\d:,]+ 127\.0\.0\.1 [A-Z]+ \S+ \d{3} \d+ ms")


@contextmanager
def logged(build: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A running endpoint, whose log can be read once it has ended."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--build", str(build), "--port", str(port), *options]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"TOKEN": TOKEN}) as process:
        try:
            for _ in range(300):
                try:
                    httpx.get(f"{address}/health", timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield address, process
        finally:
            process.kill() if process.poll() is None else None


def ended(process: subprocess.Popen[str]) -> list[str]:
    """The log of a process that is told to end."""
    process.send_signal(signal.SIGINT)
    _, log = process.communicate(timeout=60)
    return log.splitlines()


def test_one_line_for_a_request_and_nothing_secret_in_it(built: Path) -> None:
    with logged(built, "--update", "--token-env", "TOKEN") as (address, process):
        httpx.get(f"{address}/sparql", params={"query": "ASK { <x:secret> ?p ?o }"})
        httpx.post(f"{address}/update", data={"update": "SECRET"}, headers={"authorization": f"Bearer {TOKEN}"})
        httpx.get(f"{address}/ask/a%0Ab%1B[31m")
        lines = [line for line in ended(process) if " 127.0.0.1 " in line and "/health" not in line]
    assert len(lines) == 3 and all(LINE.fullmatch(line) for line in lines), lines
    assert not any(word in "".join(lines) for word in ("secret", "SECRET", TOKEN, "\x1b"))
    assert [line.split(" ")[-3] for line in lines] == ["200", "400", "404"]


def test_a_request_that_runs_is_answered_before_the_end(built: Path) -> None:
    with logged(built, "--timeout", "4", "--quiet") as (address, process), ThreadPoolExecutor(1) as thread:
        running = thread.submit(httpx.post, f"{address}/sparql", data={"query": ENDLESS}, timeout=60)
        time.sleep(2)  # by then it runs, also on a busy machine
        log = ended(process)
        assert running.result().status_code == 503 and "longer than 4 s" in running.result().text
    assert "Traceback" not in "\n".join(log)


def test_an_endpoint_that_is_busy_says_so(built: Path) -> None:
    app = application(Settings(build=built, workers=1, waiting=0, seconds=2))

    async def ask() -> None:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://x") as client,
        ):
            running = asyncio.create_task(client.post("/sparql", data={"query": ENDLESS}))
            await asyncio.sleep(0.7)
            refused = await client.get("/sparql", params={"query": "ASK {}"})
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert refused.text == "too many requests are waiting; try again in a moment\n"
            assert (await running).status_code == 503
            assert (await client.get("/sparql", params={"query": "ASK {}"})).json()["boolean"] is True

    asyncio.run(ask())


def test_an_address_in_use_is_one_sentence(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", "--build", str(built), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.startswith(f"kg: error: 127.0.0.1:{port}: cannot be listened on")
    assert done.stderr.count("\n") == 1


def test_a_damaged_store_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "current").write_text("gone\n", encoding="ascii")
    command = [sys.executable, "-m", "kg", "serve", "--build", str(tmp_path), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "run 'kg build' again" in done.stderr


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n X-Folded: yes\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\x00\r\n\r\n",
        b"GET /sparql\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"BREW /sparql HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
    ids=["folded", "nul in header", "nul in path", "long path", "two lengths", "no length", "method", "TLS"],
)
def test_what_is_no_request_gets_4xx_or_nothing(served: str, request_: bytes) -> None:
    where = httpx.URL(served)
    with socket.create_connection((where.host, where.port), timeout=30) as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert not answer or answer.split(b" ")[1][:1] in (b"4", b"2")
    assert b"Traceback" not in answer and httpx.get(f"{served}/health").json()["status"] == "ok"
