"""What a build did, kept with its store: a build of what was built already is told from that, and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from kg.engine.facts import digest_of, plain
from kg.engine.reading import Read, Settings
from kg.engine.store import Store
from kg.export import is_whole
from kg.gazetteer import gazetteer
from kg.ingest import Broken
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


def noted(store: Store, summary: Summary, read: Read, settings: Settings, packed: bool | None) -> None:
    """Note with the store what was built out of what, and what was told of it."""
    report = summary.report
    told = {
        "rows": [astuple(row) for row in report.rows],
        "engine": report.engine,
        "counts": dict(summary.counts),
        "unresolved": [astuple(name) for name in summary.unresolved],
        "lost": summary.lost,
    }
    store.note_build(str(summary.out.resolve()), _content(read, settings, packed), told)


def unchanged(store: Store, out: Path, read: Read, settings: Settings, packed: bool | None) -> Summary | None:
    """The summary of the build that stands in `out`, if it was made of just this and every file of it is whole."""
    told = store.last_build(str(out.resolve()), _content(read, settings, packed))
    if told is None or not is_whole(out):
        return None
    rows = tuple(Row(*row) for row in told["rows"])
    missing = tuple(Unresolved(*name) for name in told["unresolved"])
    lost = tuple((name, reason) for name, reason in told["lost"])
    return Summary(out, Report(not rows, rows, told["engine"]), told["counts"], missing, lost, tuple(read.broken))


def _content(read: Read, settings: Settings, packed: bool | None) -> str:
    keys = [facts.key for facts in read.facts]
    return digest_of(plain((keys, list(map(repr, read.broken)), settings.engine, packed, sorted(gazetteer().own))))
