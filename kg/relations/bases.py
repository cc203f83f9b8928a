"""What one origin had said before, article by article: the base of growth and of derived bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.relation_model import Figure
from kg.relations import times


@dataclass(frozen=True, slots=True)
class Base:
    """Figures of one origin, article and time, one for each of some kinds."""

    parts: tuple[Figure, ...]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(part.lead.best or 0 for part in self.parts)


def bases(total: Figure, figures: Sequence[Figure]) -> Iterator[Base]:
    """The sets of earlier single-kind figures of the same origin that cover exactly the kinds of `total`.

    `figures` are those of one group. Of each article's earlier times only the latest complete one is given.
    """
    mine = {voice.key for voice in total.voices}
    earlier = [
        figure
        for figure in figures
        if figure.running != "no"
        and len(figure.lead.kinds) == 1
        and figure.lead.best is not None
        and figure.lead.kinds[0] in total.lead.kinds
        and {voice.key for voice in figure.voices} == mine
        and times.before(figure.lead, total.lead)
    ]
    by_page = sorted(earlier, key=lambda f: (f.lead.article, times.last(f.lead).toordinal(), f.lead.edtf or "", f.name))
    for _, page in groupby(by_page, key=lambda f: f.lead.article):
        complete = None
        for _, same in groupby(page, key=lambda f: f.lead.edtf):
            parts = {figure.lead.kinds[0]: figure for figure in same}
            if set(parts) == set(total.lead.kinds):
                complete = Base(tuple(parts[kind] for kind in total.lead.kinds))
        if complete is not None:
            yield complete
