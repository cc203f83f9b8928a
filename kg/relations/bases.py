"""What one origin had said before, article by article: the base of growth and of derived bounds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.relation_model import Figure
from kg.relations import times
from kg.relations.views import Group, voice_keys

LOOK = 48  # figures of the origin before the total, the latest first, that are looked at
EACH = 4  # articles that a base is given for: those whose numbers are the latest


@dataclass(frozen=True, slots=True)
class Base:
    """Figures of one origin, article and time, one for each of some kinds."""

    parts: tuple[Figure, ...]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(part.lead.best or 0 for part in self.parts)


def bases(total: Figure, group: Group) -> Iterator[Base]:
    """The sets of earlier single-kind figures of the same origin that cover exactly the kinds of `total`.

    Of each article's earlier times only the latest complete one is given, and of the articles the four with the
    latest numbers, among the 48 figures before the total: the cost per total does not grow with the group.
    """
    if not times.dated(total.lead):
        return
    singles = group.singles.get(voice_keys(total), ())
    end = bisect_left(singles, times.first(total.lead).toordinal(), key=_last)
    earlier = [figure for figure in singles[max(0, end - LOOK) : end] if figure.lead.kinds[0] in total.lead.kinds]
    by_page = sorted(earlier, key=lambda f: (f.lead.article, _last(f), f.lead.edtf or "", f.name))
    found: list[Base] = []
    for _, page in groupby(by_page, key=lambda f: f.lead.article):
        complete = None
        for _, same in groupby(page, key=lambda f: f.lead.edtf):
            parts = {figure.lead.kinds[0]: figure for figure in same}
            if set(parts) == set(total.lead.kinds):
                complete = Base(tuple(parts[kind] for kind in total.lead.kinds))
        if complete is not None:
            found.append(complete)
    found.sort(key=lambda base: max(map(_last, base.parts)))
    yield from found[-EACH:]


def _last(figure: Figure) -> int:
    return times.last(figure.lead).toordinal()
