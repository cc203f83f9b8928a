"""What one origin had said before, article by article: the base of growth and of derived bounds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.relation_model import Figure
from kg.relations import times

REACH = 366  # days before a total in which its base may lie
LATEST = 8  # figures of each kind that are looked at, the latest before the total
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
    """The exact, dated totals of a group by origin and kinds, in the order of their last days."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        """Index the figures of one group."""
        self._lines: dict[Key, list[Figure]] = {}
        dated = [f for f in figures if f.voices and f.lead.best is not None and times.dated(f.lead)]
        for figure in sorted(dated, key=lambda f: (times.last(f.lead), f.name)):
            self._lines.setdefault((_voices(figure), figure.lead.kinds), []).append(figure)
        self._days = {key: [times.last(f.lead) for f in line] for key, line in self._lines.items()}

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
        key = (_voices(total), kinds)
        if key not in self._lines or not times.dated(total.lead):
            return []
        end = bisect_left(self._days[key], times.first(total.lead))
        latest = self._lines[key][max(0, end - LATEST) : end]
        return [f for f in latest if times.gap(f.lead, total.lead) <= REACH and times.one_beginning(f.lead, total.lead)]


def _voices(figure: Figure) -> tuple[str, ...]:
    return tuple(sorted(voice.key for voice in figure.voices))
