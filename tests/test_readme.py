"""The README is run as it is read: its commands exist, its queries and snippets work, its outputs are today's."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import cli
from scripts.readme import QUERY, README, ROOT, RUN, renewed

TEXT = README.read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def today(workspace: Path) -> str:
    return renewed(TEXT, workspace)


def test_the_outputs_are_todays(today: str) -> None:
    assert today == TEXT, "README.md is stale; renew it: python scripts/readme.py"


def test_five_queries_have_rows(today: str) -> None:
    tables = [match["output"] for match in QUERY.finditer(today)]
    assert len(tables) == 5
    for table in tables:
        assert re.search(r"^[1-9]\d* rows?$", table, re.MULTILINE)
    assert len(RUN.findall(today)) == 4


def test_commands_and_targets_exist() -> None:
    assert set(re.findall(r"\bkg ([a-z]+)\b", "\n".join(re.findall(r"`kg [^`]+`", TEXT)))) == set(cli.commands)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^(?:`|make )?make (\w+)|`make (\w+)`", TEXT, re.MULTILINE))
    assert {name for pair in named for name in pair if name} <= targets


def test_named_files_exist() -> None:
    paths = re.findall(r"`((?:ontology|docs|scripts|tests|kg/data)/[\w./-]*)`", TEXT)
    assert paths
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []


def test_named_modules_exist() -> None:
    section = TEXT.split("## How it works")[1].split("\n## ")[0]
    names = re.findall(r"`(kg\.[a-z]+)`", section)
    assert names
    assert [name for name in names if importlib.util.find_spec(name) is None] == []


def test_the_files_of_a_build_are_all_explained(today: str, workspace: Path) -> None:
    section = TEXT.split("## What is in build/")[1].split("\n## ")[0]
    for path in (workspace / "build").iterdir():
        assert f"`{path.name}`" in section


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_snippets_run(number: int, today: str, workspace: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-c", SNIPPETS[number]], cwd=workspace, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
