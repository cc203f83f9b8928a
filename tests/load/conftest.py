"""A small build, a store that fails on command, and the command line in this process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.__main__ import run
from kg.vocab import PREFIXES
from tests.load.faulty import FaultyStore

KG = PREFIXES["kg"]
Run = Callable[..., tuple[int, str, str]]


def write_build(folder: Path, graphs: dict[str, int]) -> Path:
    """A build whose graphs have so many triples each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = sorted(
        f'<{KG}claim_{name}_{number}> <{KG}best> "{number}" <{KG}graph_{name}> .'
        for name, size in graphs.items()
        for number in range(size)
    )
    data = "".join(f"{line}\n" for line in lines).encode()
    (folder / "kg.nq").write_bytes(data)
    outputs = {"kg.nq": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_build(tmp_path / "build", {"a": 30, "b": 20, "c": 5})


@pytest.fixture
def store() -> Iterator[FaultyStore]:
    server = FaultyStore()
    yield server
    server.close()


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kg load …`: its exit code, standard output and standard error; waits between attempts are cut short."""
    monkeypatch.setattr("kg.load.http._wait", lambda state: 0.01)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run(["load", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call
