"""What the case tables say: rows that hold and rows that are open, by table and by phenomenon."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.quality.gold import ROOT

CASES = ROOT / "tests" / "cases"
SHORT = 90  # an example is shown when it is no longer than this, if there is one


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its table, its text, and the phenomenon that keeps it open ("" where it holds)."""

    table: str
    text: str
    expected: str
    todo: str


@dataclass(frozen=True, slots=True)
class FirstContact:
    """How many of the rows that one commit added were right as the extractor then stood."""

    commit: str
    title: str
    rows: int
    right: int


def cases(folder: Path = CASES) -> list[Case]:
    """The rows of all tables that have a column `todo`; tests see to it that the marks are true."""
    found: list[Case] = []
    for path in sorted(folder.rglob("*.tsv")):
        found += parsed(str(path.relative_to(folder).with_suffix("")), path.read_text(encoding="utf-8"))
    return found


def parsed(table: str, text: str) -> list[Case]:
    """The rows of one table; none where it has no column `todo`."""
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if not lines or "todo" not in lines[0]:
        return []
    rows = [dict(zip(lines[0], cells, strict=False)) for cells in lines[1:]]
    return [Case(table, r["text"], r["expected"], r.get("todo", "")) for r in rows]


def by_table(found: Iterable[Case]) -> list[tuple[str, int, int]]:
    """Table, rows that hold, rows that are open."""
    tables: dict[str, list[int]] = {}
    for case in found:
        tables.setdefault(case.table, [0, 0])[bool(case.todo)] += 1
    return [(name, right, still) for name, (right, still) in sorted(tables.items())]


def open_phenomena(found: Iterable[Case]) -> list[tuple[str, int, Case]]:
    """Phenomenon, how many rows it keeps open, and a short row of it; the most frequent first."""
    rows: dict[str, list[Case]] = {}
    for case in found:
        if case.todo:
            rows.setdefault(case.todo, []).append(case)
    listed = [(name, len(open_rows), _example(open_rows)) for name, open_rows in rows.items()]
    return sorted(listed, key=lambda item: (-item[1], item[0]))


def _example(rows: Sequence[Case]) -> Case:
    return next((case for case in rows if len(case.text) <= SHORT), min(rows, key=lambda case: len(case.text)))


def first_contacts(folder: str = "tests/cases/counts") -> list[FirstContact]:
    """By commit, oldest first: the rows that it added, and how many of them were not marked open."""
    known: set[str] = set()
    found: list[FirstContact] = []
    for line in _git("log", "--reverse", "--format=%h %s", "--", folder).splitlines():
        commit, title = line.split(" ", 1)
        rows = [case for name in _tables(commit, folder) for case in parsed(name, _git("show", f"{commit}:{name}"))]
        new = [case for case in rows if case.text not in known]
        known |= {case.text for case in new}
        if new:
            found.append(FirstContact(commit, title, len(new), sum(not case.todo for case in new)))
    return found


def _tables(commit: str, folder: str) -> list[str]:
    names = _git("ls-tree", "-r", "--name-only", commit, f"{folder}/").splitlines()
    return [name for name in names if name.endswith(".tsv")]


def _git(*arguments: str) -> str:
    git = shutil.which("git") or "git"
    return subprocess.run((git, *arguments), cwd=ROOT, capture_output=True, text=True, check=True).stdout
