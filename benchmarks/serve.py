"""Queries a second of `kg serve` under many clients, beside `oxigraph serve` and rdflib-endpoint on the same graph.

    python benchmarks/serve.py [--build build] [--seconds 60] [--clients 32]

Each client asks the 55 competency questions in an order of its own, one after the other, without a pause. The peers are
the Oxigraph server (Rust, threads, the same store) and rdflib-endpoint (Python, in memory); they get the merged
graph. Printed: answers a second, median and 95th percentile of a request, errors, memory from a sixth of the time to
the next and whether it grows, ratios. An answer is wrong whose length is not that of the first
answer to its question.
Two things differ: our queries run in processes of their own, for their limits of time and memory; the peers' do not.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import httpx

from kg.query import questions
from kg.vocab import PREFIXES

SAMPLES = 6
JSON = {"accept": "application/sparql-results+json"}


@dataclass(frozen=True)
class Measured:
    """What one server did under load; seconds and bytes."""

    rate: float
    middle: float
    slow: float
    errors: int
    wrong: int  # answers as long as no first answer to the question was
    memory: tuple[int, ...]  # at the beginning, and after each sixth of the time

    @property
    def growth(self) -> float:
        """Memory at the end by that after the first sixth, when every worker has answered."""
        return self.memory[-1] / self.memory[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--without", nargs="*", default=[], help="servers to leave out")
    options = parser.parse_args()
    if not (options.build / "kg.ttl").is_file():
        raise SystemExit(f"{options.build}: no build with kg.ttl; run 'kg build articles --out {options.build}' first")
    prefixes = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())
    asked = [prefixes + question.sparql for question in questions() if question.name.startswith("cq")]
    print(f"{len(asked)} questions, {options.clients} clients, {options.seconds:g} s each")
    found: dict[str, Measured] = {}
    for name, server in {"kg serve": ours, "oxigraph serve": oxigraph, "rdflib-endpoint": rdflib_endpoint}.items():
        if name in options.without:
            continue
        with server(options.build) as (process, url):
            found[name] = asyncio.run(load(process, url, asked, options.clients, options.seconds))
        one = found[name]
        print(
            f"{name:<16} {one.rate:8.1f} answers/s   p50 {one.middle * 1000:7.1f} ms   p95 {one.slow * 1000:8.1f} ms   "
            f"{one.errors} errors, {one.wrong} wrong   memory {' '.join(f'{m / 2**20:.0f}' for m in one.memory)} MB "
            f"({one.growth:.2f} ×)"
        )
    for name, other in found.items():
        if name != "kg serve":
            print(f"kg serve / {name}: {found['kg serve'].rate / other.rate:.2f} × the answers a second")


async def load(process: subprocess.Popen[bytes], url: str, asked: list[str], clients: int, seconds: float) -> Measured:
    """Ask from many clients at once for some time, after every question has been asked once."""
    times: list[float] = []
    errors = wrong = 0
    requests = [_request(url, query) for query in asked]
    first = await _Connection.to(url)
    sizes = [len((await first.ask(request))[1]) for request in requests]
    used = [memory(process.pid)]
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        nonlocal errors, wrong
        mine = random.Random(number)  # noqa: S311
        connection = await _Connection.to(url)
        while time.perf_counter() < end:
            begun, which = time.perf_counter(), mine.randrange(len(requests))
            try:
                status, body = await asyncio.wait_for(connection.ask(requests[which]), 120)
            except (OSError, EOFError, TimeoutError):
                errors += 1
                connection = await _Connection.to(url)
                continue
            times.append(time.perf_counter() - begun)
            errors += status != 200
            wrong += status == 200 and len(body) != sizes[which]

    async def weigh() -> None:
        for _ in range(SAMPLES):
            await asyncio.sleep(seconds / SAMPLES)
            used.append(memory(process.pid))

    begun = time.perf_counter()
    await asyncio.gather(weigh(), *(client(number) for number in range(clients)))
    took = time.perf_counter() - begun
    return Measured(len(times) / took, median(times), quantiles(times, n=20)[-1], errors, wrong, tuple(used))


class _Connection:
    """One connection that is kept: a client library takes longer to ask than these servers to answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, url: str) -> _Connection:
        where = httpx.URL(url)
        return cls(*await asyncio.open_connection(where.host, where.port))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and body of the answer; raises EOFError where the server hangs up."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"transfer-encoding: chunked" in head:
            return status, b"".join([piece async for piece in self._chunks()])
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return status, await self._reader.readexactly(length)

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int((await self._reader.readline()).strip(), 16):
            yield (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()


def _request(url: str, query: str) -> bytes:
    body = urlencode({"query": query})
    head = {"Host": httpx.URL(url).netloc.decode(), "Content-Type": "application/x-www-form-urlencoded", **JSON}
    lines = [f"POST {httpx.URL(url).path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


def memory(pid: int) -> int:
    """The proportional memory of a process and all that it started, in bytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = [line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n") if line.startswith("Pss:")]
    return int(own[0].split()[1]) * 1024 + sum(memory(int(child)) for child in children)


@contextmanager
def ours(build: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    command = [sys.executable, "-m", "kg", "serve", "--build", str(build), "--port", str(port), "--quiet"]
    with running(command, f"http://127.0.0.1:{port}/sparql") as found:
        yield found


@contextmanager
def oxigraph(build: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    program = Path(sys.executable).with_name("oxigraph")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        load_ = [program, "load", "--location", folder, "--file", str(build / "kg.ttl")]
        subprocess.run(load_, check=True, capture_output=True)
        command = [str(program), "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
        with running(command, f"http://127.0.0.1:{port}/query") as found:
            yield found


@contextmanager
def rdflib_endpoint(build: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    program = shutil.which("rdflib-endpoint", path=str(Path(sys.executable).parent))
    port = free_port()
    command = [str(program), "serve", "--port", str(port), "--host", "127.0.0.1", str(build / "kg.ttl")]
    with running(command, f"http://127.0.0.1:{port}/") as found:
        yield found


@contextmanager
def running(command: list[str], url: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server process that answers; it is stopped when the block ends."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                try:
                    httpx.post(url, data={"query": "ASK {}"}, headers=JSON, timeout=5).raise_for_status()
                    break
                except httpx.HTTPError:
                    if process.poll() is not None:
                        raise SystemExit(f"{command[0]} ended with {process.returncode}") from None
                    time.sleep(0.1)
            yield process, url
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


if __name__ == "__main__":
    main()
