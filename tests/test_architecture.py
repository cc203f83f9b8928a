"""The habits that hold the design together: layers, small modules, no addresses in code, quick help."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import cli

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
LONGEST = 300
SLOW = ("dateparser", "matplotlib", "owlready2", "pyoxigraph", "pyshacl", "rdflib", "rich", "spacy", "yaml")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_names_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not re.findall(r"(?:https?|urn|file)://\S+|\burn:\w+:", text)
    assert not re.findall(r"TO" "DO|FIX" "ME|NotImplemented" "Error", text)


def test_import_contracts() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in cli.commands)])
def test_help_imports_nothing_slow(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from kg.cli import cli\n"
        f"cli.main({arguments!r}, standalone_mode=False)\n"
        f"print('loaded:', *sorted(set({SLOW!r}) & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), parameter.name
    assert f"kg {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_lock_files_name_no_place() -> None:
    for name in sorted(path.name for path in ROOT.glob("requirements*.txt")):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("-")]
        releases = [number for number, line in enumerate(lines) if "==" in line]
        assert all("--hash=sha256:" in lines[number + 1] for number in releases)


def test_every_dependency_is_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = project.split("[project]", 1)[1].split("[project.scripts]", 1)[0]
    wanted = {
        re.split(r"[<>=\[]", line)[0].lower() for line in re.findall(r'^    "([\w-]+[<>=\[][^"]*)",$', section, re.M)
    }
    locked = re.findall(r"^([\w-]+)==", (ROOT / "requirements-bench.txt").read_text(encoding="utf-8"), re.M)
    assert wanted
    assert wanted <= set(locked)
