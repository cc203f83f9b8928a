"""What one origin had said before, article by article: the base of growth and of derived bounds."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.relation_model import Figure
from kg.relations import times

REACH = 366  # days before a total in which its base may lie
LATEST = 8  # figures of each kind that are looked at, the latest before the total
EVERY = 1024  # totals after which what lies too far back is forgotten
Key = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Base:
    """Figures of one origin, article and time, which together count exactly some kinds."""

    parts: tuple[Figure, ...]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(part.lead.best or 0 for part in self.parts)


class Timelines:
    """The exact, dated totals of a group by origin and kinds, in the order of their last days.

    Totals come in the order of their first days, so that what ended more than `REACH` days before one of them
    is of no use to any that follows: it is forgotten.
    """

    def __init__(self) -> None:
        """Begin with a group of which nothing is known."""
        self._lines: dict[Key, list[tuple[date, str, Figure]]] = {}
        self._added = 0

    def add(self, figure: Figure) -> None:
        """Take a total into the lines."""
        if not (figure.voices and figure.lead.best is not None and times.dated(figure.lead)):
            return
        line = self._lines.setdefault((_voices(figure), figure.lead.kinds), [])
        insort(line, (times.last(figure.lead), figure.name, figure), key=_place)
        self._added += 1
        if self._added % EVERY == 0:
            self._forget(times.first(figure.lead))

    def _forget(self, today: date) -> None:
        for key, line in list(self._lines.items()):
            ended = bisect_left(line, today, key=_day)
            useless = sum((today - day).days > REACH for day, _, _ in line[:ended])
            del line[: max(useless, ended - LATEST)]
            if not line:
                del self._lines[key]

    def bases(self, total: Figure) -> Iterator[Base]:
        """The sets of earlier single-kind figures of the same origin that cover exactly the kinds of `total`.

        Of each article's earlier times only the latest complete one is given. Bounded: at most eight.
        """
        pages: dict[str, dict[tuple[object, object], dict[str, Figure]]] = {}
        for kind in total.lead.kinds:
            for figure in self._before(total, (kind,)):
                time = (times.last(figure.lead), times.first(figure.lead))
                pages.setdefault(figure.lead.article, {}).setdefault(time, {})[kind] = figure
        for page in sorted(pages):
            for _, parts in sorted(pages[page].items(), key=lambda item: repr(item[0]), reverse=True):
                if set(parts) == set(total.lead.kinds):
                    yield Base(tuple(parts[kind] for kind in total.lead.kinds))
                    break

    def earlier(self, total: Figure) -> Iterator[Base]:
        """The latest earlier figure of the same origin for the same kinds taken together, if there is one."""
        for figure in self._before(total, total.lead.kinds)[-1:]:
            yield Base((figure,))

    def _before(self, total: Figure, kinds: tuple[str, ...]) -> list[Figure]:
        line = self._lines.get((_voices(total), kinds))
        if line is None or not times.dated(total.lead):
            return []
        end = bisect_left(line, times.first(total.lead), key=_day)
        latest = [figure for _, _, figure in line[max(0, end - LATEST) : end]]
        return [f for f in latest if times.gap(f.lead, total.lead) <= REACH and times.one_beginning(f.lead, total.lead)]


def _day(row: tuple[date, str, Figure]) -> date:
    return row[0]


def _place(row: tuple[date, str, Figure]) -> tuple[date, str]:
    return row[:2]


def _voices(figure: Figure) -> tuple[str, ...]:
    return tuple(sorted(voice.key for voice in figure.voices))
