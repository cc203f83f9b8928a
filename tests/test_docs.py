"""What the pages on endpoint, stores, tables and exports tell the reader to type does what they say.

Lines that start a server or install something are left out, for the test starts the server, and so are lines with
“…”, in which the reader has to fill something in. Numbers in the output shown may be others than today's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.servers import STORES, Server
from tests.serve.conftest import endpoint

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = re.compile(
    r"(?:[A-Z_]+=\S+ )?(?:kg serve|oxigraph serve|virtuoso-t|pip install|apt-get install)\b|export |.*…"
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
NUMBER = re.compile(r"\d[\d,.]*")


def blocks(page: str, heading: str = "") -> list[tuple[str, str]]:
    """The fenced blocks of a page, or of one of its sections: language and text."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    if heading:
        text = re.split(r"^##+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        assert text, heading
    return [(language, block) for language, block in BLOCK.findall(text)]


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command with the output that is shown below it. Where no line has a prompt, all lines are commands."""
    lines = block.replace("\\\n", " ").splitlines()
    prompted = any(re.match(r"[$#] ", line) for line in lines)
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if re.match(r"[$#] ", line) or (line and not prompted):
            found.append((line.removeprefix("$ ").removeprefix("# "), []))
        elif found:
            found[-1][1].append(line)
    return ((command, shown) for command, shown in found if not LEFT_OUT.match(command))


@pytest.fixture(scope="module")
def desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder: a build, the articles and the queries, and `kg` on the path."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(built, folder / "build")
    for name in ("articles", "ontology"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "bin").mkdir()
    (folder / "bin" / "kg").write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', encoding="utf-8")
    (folder / "bin" / "kg").chmod(0o755)
    return folder


def typed(desk: Path, command: str, address: str = "", **environment: str) -> str:
    """The output of a command that a reader types, sent to a server of ours."""
    paths = {"PATH": f"{desk / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", ADDRESS.sub(address, command) if address else command],
        cwd=desk,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | paths | environment,
    )
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def check(desk: Path, block: str, address: str = "", **environment: str) -> int:
    """Run a block's commands; returns how many there were."""
    ran = 0
    for command, shown in commands(block):
        out = typed(desk, command.replace("curl ", "curl -sSf ", 1), address, **environment)
        if shown:
            assert [NUMBER.sub("0", line) for line in out.splitlines()] == [NUMBER.sub("0", line) for line in shown]
        if command.startswith("isql"):
            assert re.search(r"kg\.nq\s+2\s+NULL", out), out  # state and error of a bulk load, which tells of nothing
        ran += 1
    return ran


def test_the_endpoint(desk: Path) -> None:
    with endpoint(desk / "build") as address:
        found = blocks("endpoint.md")
        assert sum(check(desk, text, address) for language, text in found if language == "sh") >= 2
        for language, text in found:
            if language == "python":
                code = ADDRESS.sub(address, text)
                subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=desk, timeout=60)


@pytest.mark.parametrize(
    ("heading", "store", "number"),
    [("Oxigraph server", "oxigraph", 2), ("Virtuoso 7", "virtuoso", 3), ("`kg serve`", "kg serve", 1)],
)
def test_a_store(desk: Path, tmp_path: Path, heading: str, store: str, number: int) -> None:
    with STORES[store](tmp_path) as server:
        known = {"VIRTUOSO_PASSWORD": "dba", "KG_TOKEN": next(iter(server.environment.values()), "")}
        shutil.copy(desk / "build" / "kg.nq", tmp_path)  # a folder that Virtuoso may read
        ran = 0
        for _, text in blocks("stores.md", heading):
            text = text.replace("127.0.0.1:1111", server.sql).replace("/path/to/build", str(tmp_path))
            ran += check(desk, text, _base(server), **known)
        assert ran == number


def test_a_load_and_another(desk: Path, tmp_path: Path) -> None:
    with STORES["oxigraph"](tmp_path) as server:
        first = next(text for _, text in blocks("stores.md") if text.startswith("$ kg build articles"))
        assert check(desk, first.replace("$ kg build articles\n", ""), _base(server)) == 2


@pytest.mark.parametrize(("page", "number"), [("exports.md", 3)])
def test_exports(desk: Path, page: str, number: int) -> None:
    assert sum(check(desk, text) for _, text in blocks(page)) == number
    assert (desk / "tolls.datapackage.json").exists() and (desk / "statements.tsv").exists()


def test_tables_in_python(desk: Path) -> None:
    pytest.importorskip("pandas")
    (code,) = [text for language, text in blocks("tables.md") if language == "python"]
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=desk, timeout=60, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )


def _base(server: Server) -> str:
    return server.load[0]
