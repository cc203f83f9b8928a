"""What a build did, kept with its store: a build of what was built already is told from that, and writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.engine.facts import plain
from kg.engine.listing import ARTICLE
from kg.engine.reading import Read, Settings
from kg.engine.store import Store
from kg.export import is_whole
from kg.gazetteer import own_names
from kg.ingest import Broken, Inputs
from kg.ingest.plain import SIDECAR
from kg.unresolved import Unresolved
from kg.validate import Report, Row


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: its folder, the validation's report, counts by name, and the names that no table has."""

    out: Path
    report: Report
    counts: Mapping[str, int]
    unresolved: tuple[Unresolved, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()  # articles that could not be read, with the reason
    left_out: tuple[Broken, ...] = ()  # records that are no articles

    @property
    def conforms(self) -> bool:
        """Whether the graph violates no shape."""
        return self.report.conforms


def noted(store: Store, summary: Summary, read: Read, settings: Settings, packed: bool | None, files: str) -> None:
    """Note with the store what was built out of what, and what was told of it."""
    report = summary.report
    told = {
        "rows": [astuple(row) for row in report.rows],
        "engine": report.engine,
        "counts": dict(summary.counts),
        "unresolved": [astuple(name) for name in summary.unresolved],
        "lost": summary.lost,
        "broken": [astuple(item) for item in summary.left_out],
    }
    place = str(summary.out.resolve())
    store.note_build(place, _content(read, settings, packed), told)
    if files:
        store.note_build(f"{place}\0files", files, told)


def unchanged(store: Store, out: Path, read: Read, settings: Settings, packed: bool | None) -> Summary | None:
    """The summary of the build that stands in `out`, if it was made of just this and every file of it is whole."""
    return _told(store.last_build(str(out.resolve()), _content(read, settings, packed)), out)


def untouched(store: Store, out: Path, files: str) -> Summary | None:
    """The same, if it was made of just these `files` (see `files_read`), which are then not even read as articles."""
    return _told(store.last_build(f"{out.resolve()}\0files", files), out) if files else None


def size_before(store: Store, out: Path) -> int:
    """The number of articles of the build that was last made in a place, as far as the store knows; else 0."""
    told = store.last_build(str(out.resolve()))
    return int(told["counts"]["articles"]) if told else 0


def files_read(articles: Path, inputs: Inputs, settings: Settings, packed: bool | None) -> str:
    """The hash of every file at the path and of how they are read; empty for what cannot be read twice.

    Files that hold no article count too: a sidecar does, and telling which ones would be reading them.
    """
    if not (articles.is_file() or articles.is_dir()):
        return ""
    top = articles if articles.is_dir() else articles.parent
    found = _files(top) if articles.is_dir() else [articles, *_beside(articles)]
    how = (inputs.fields, inputs.strict, inputs.format, settings.engine, settings.timeout, packed, str(articles))
    digest = blake2b(plain((how, sorted(own_names()))))
    try:
        for path in found:
            digest.update(f"{path.relative_to(top)}\0{_digest(path)}\0".encode())
    except (OSError, UnicodeEncodeError):
        return ""
    return digest.hexdigest()


def _files(top: Path) -> list[Path]:
    return sorted(path for path in top.rglob("*") if path.is_file())


def _beside(file: Path) -> list[Path]:
    """What may tell something about a single file."""
    return sorted(path for path in file.parent.glob(f"*{SIDECAR}") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(told: Mapping[str, Any] | None, out: Path) -> Summary | None:
    if told is None or not is_whole(out):
        return None
    rows = tuple(Row(*row) for row in told["rows"])
    missing = tuple(Unresolved(*name) for name in told["unresolved"])
    lost = tuple((name, reason) for name, reason in told["lost"])
    broken = tuple(Broken(*item) for item in told["broken"])
    return Summary(out, Report(not rows, rows, told["engine"]), told["counts"], missing, lost, broken)


def _content(read: Read, settings: Settings, packed: bool | None) -> str:
    digest = blake2b(plain((list(map(repr, read.broken)), settings.engine, packed, sorted(own_names()))))
    for (key,) in read.listing.columns("name", "key", ARTICLE):
        digest.update(key.encode())
    return digest.hexdigest()
