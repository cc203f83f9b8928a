"""A real endpoint on loopback: `kg serve` as a process of its own, over a copy of the corpus's build."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

TOKEN = "a token for tests"  # noqa: S105
SECONDS = 4


@contextmanager
def endpoint(build: Path, *options: str) -> Iterator[str]:
    """The address of a running endpoint; it is stopped, and must stop in good order, when the block ends."""
    command = [sys.executable, "-m", "kg", "serve", "--build", str(build), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"TOKEN": TOKEN}) as process:
        try:
            assert process.stderr is not None
            lines = []
            for line in process.stderr:
                lines.append(line)
                if found := re.search(r"running on (http://\S+)", line):
                    break
            else:
                raise AssertionError("".join(lines))
            # Nobody reads the log from here on, and a full pipe would block the endpoint.
            subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
            yield found[1]
        finally:
            process.terminate()
            # uvicorn ends by the signal itself, once everything is put away.
            assert process.wait(timeout=30) in (0, -signal.SIGTERM)


@pytest.fixture(scope="session")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint that nothing changes, with a short time limit."""
    copy = tmp_path_factory.mktemp("served") / "build"
    shutil.copytree(built, copy)
    with endpoint(copy, "--timeout", str(SECONDS), "--max-memory", "600", "--max-answer", "4") as address:
        yield address


@pytest.fixture
def changeable(built: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An endpoint of its own that takes updates, and its build."""
    shutil.copytree(built, tmp_path / "build")
    with endpoint(tmp_path / "build", "--update", "--token-env", "TOKEN") as address:
        yield address, tmp_path / "build"


@pytest.fixture(scope="session")
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=60) as found:
        yield found
