"""Queries a second of `kg serve` under many clients, beside `oxigraph serve` and rdflib-endpoint on the same graph.

    python benchmarks/serve.py [--build build] [--seconds 20] [--clients 32]

Each client asks the shipped questions in an order of its own, one after the other, without a pause. The two peers are
the Oxigraph server (Rust, threads, the same store) and rdflib-endpoint (Python, in memory); they get the merged
graph. Printed: answers a second, median and 95th percentile of a request, errors, memory before and after, ratios.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx

from kg.query import questions
from kg.vocab import PREFIXES

JSON = {"accept": "application/sparql-results+json"}


@dataclass(frozen=True)
class Measured:
    """What one server did under load; seconds and bytes."""

    rate: float
    middle: float
    slow: float
    errors: int
    before: int
    after: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--without", nargs="*", default=[], help="servers to leave out")
    options = parser.parse_args()
    prefixes = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())
    asked = [prefixes + question.sparql for question in questions()]
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
            f"{one.errors} errors   memory {one.before / 2**20:.0f} → {one.after / 2**20:.0f} MB"
        )
    for name, other in found.items():
        if name != "kg serve":
            print(f"kg serve / {name}: {found['kg serve'].rate / other.rate:.2f} × the answers a second")


async def load(process: subprocess.Popen[bytes], url: str, asked: list[str], clients: int, seconds: float) -> Measured:
    """Ask from many clients at once for some time, after every question has been asked once."""
    times: list[float] = []
    errors = 0
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(timeout=120, limits=limits, headers=JSON) as http:
        for query in asked:
            await http.post(url, data={"query": query})
        before = memory(process.pid)
        end = time.perf_counter() + seconds

        async def client(number: int) -> None:
            nonlocal errors
            mine = random.Random(number)  # noqa: S311
            while time.perf_counter() < end:
                begun = time.perf_counter()
                answer = await http.post(url, data={"query": mine.choice(asked)})
                times.append(time.perf_counter() - begun)
                errors += answer.status_code != 200

        begun = time.perf_counter()
        await asyncio.gather(*(client(number) for number in range(clients)))
        took = time.perf_counter() - begun
    return Measured(len(times) / took, median(times), quantiles(times, n=20)[-1], errors, before, memory(process.pid))


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
