"""Rules *same-origin*, *cross-origin* and *superseded*: running totals of one group, compared in one pass.

The figures come in the order of time. Each is compared with what its own origin said last, and with the
latest figures of at most eight other origins, so that the cost is linear in the figures, not in their pairs.
Nothing is decided about truth: both numbers of a conflict stay.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from kg.relation_model import Figure, Relation
from kg.relations import times
from kg.relations.comparing import compare, guessed, of_one_state
from kg.relations.comparing import matched as _matched
from kg.relations.items import Fall
from kg.relations.numbers import difference, interval, ratio
from kg.relations.people import people
from kg.relations.wording import grouped, told

OTHERS = 8  # other origins that a figure is compared with: those heard last
EACH = 3  # figures of each
OWN = 8  # earlier figures of the same origin that are kept
PERIOD = 7  # days in which the totals of two origins are of one time
WINDOW = 31  # days in which an earlier total may still not exceed another origin's later one
APART = 1100  # days, about three years: totals of one force farther apart are of one war only if both say since when
UNOWNED = 31  # days, where it is not said whose people were counted
LOCAL = 7  # days, for totals of a town or region: another event may have struck it since
FALL = 0.5  # a total that is revised to less than half of it counted something else


class Rivals:
    """The running totals of one group, kinds by kinds, in the order of time."""

    def __init__(self, scope: str) -> None:
        """Begin with a group that is named `scope`."""
        self._scope = scope
        self._before: Fall | None = None
        self._daily: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        self._heard: dict[tuple[str, ...], OrderedDict[tuple[str, ...], list[Figure]]] = {}

    def watch(self, fall: Fall) -> None:
        """What only our rule takes for totals, where one origin's numbers fall with time, are daily counts."""
        before, self._before = self._before, fall
        if before is not None and (before.kinds, before.origin) == (fall.kinds, fall.origin):
            later = before.days[1] < fall.days[0] and fall.interval[1] < before.interval[0]
            if later and (fall.inferred or before.inferred):
                self._daily.add((fall.kinds, fall.origin))

    def compare(self, figure: Figure) -> Iterator[Relation]:
        """The relations of a running total to those that came before it."""
        fall = fall_of(figure)
        if fall is None or (fall.inferred and (fall.kinds, fall.origin) in self._daily):
            return
        heard, mine = self._heard.setdefault(fall.kinds, OrderedDict()), fall.origin
        yield from _own(figure, heard.get(mine, []), self._scope)
        yield from _others(figure, mine, heard, self._scope)
        kept = [f for f in heard.pop(mine, []) if not times.before(f.lead, figure.lead)]
        heard[mine] = [*kept, figure][-OWN:]
        # Origins heard long ago make room; the order is that of time, so it is the same every run.
        while len(heard) > 4 * OTHERS:
            heard.popitem(last=False)


def fall_of(figure: Figure) -> Fall | None:
    """What tells whether an origin's totals fall; None for a figure that is not compared with others."""
    lead = figure.lead
    if not (figure.voices and lead.counted and times.dated(lead)):
        return None
    origin = tuple(sorted(voice.key for voice in figure.voices))
    days = (times.first(lead), times.last(lead))
    return Fall(lead.kinds, origin, days, interval(lead), figure.running == "inferred")


def _falls(later: Figure, earlier: Figure) -> bool:
    return times.before(earlier.lead, later.lead) and interval(later.lead)[1] < interval(earlier.lead)[0]


def _own(figure: Figure, earlier: list[Figure], scope: str) -> Iterator[Relation]:
    for other in earlier:
        if not _matched(figure, other, same_origin=True):
            continue
        if _unchanged(figure, other) or not times.before(other.lead, figure.lead):
            if figure.articles != other.articles:
                yield from compare(figure, other, "same-origin", scope)
        elif _may_supersede(figure, other):
            yield _supersedes(figure, other, scope)


def _unchanged(a: Figure, b: Figure) -> bool:
    """The same number a day later: one statement, told on two sides of midnight."""
    return (a.lead.low, a.lead.high) == (b.lead.low, b.lead.high) and times.gap(a.lead, b.lead) <= 1


def _others(
    figure: Figure, mine: tuple[str, ...], heard: OrderedDict[tuple[str, ...], list[Figure]], scope: str
) -> Iterator[Relation]:
    for key in [key for key in reversed(heard) if not set(key) & set(mine)][:OTHERS]:
        for other in heard[key][-EACH:]:
            gap = times.gap(figure.lead, other.lead)
            near = gap <= PERIOD or (gap <= WINDOW and _falls(figure, other))
            if near and _matched(figure, other) and not of_one_state(figure, other):
                yield from compare(figure, other, "cross-origin", scope)


def _may_supersede(later: Figure, earlier: Figure) -> bool:
    """A stated total may be revised down; one that only our rule takes for a total may not."""
    if times.gap(later.lead, earlier.lead) > _reach(later, earlier):
        return False
    if later.running == earlier.running == "stated":
        return interval(later.lead)[1] >= FALL * interval(earlier.lead)[0]
    return interval(later.lead)[1] >= interval(earlier.lead)[0]


def _reach(a: Figure, b: Figure) -> float:
    """How far apart in time two totals may be and still be of one war."""
    if a.lead.begun and b.lead.begun:
        return float("inf")
    if times.finer(a.lead):
        return LOCAL
    return UNOWNED if people(a.lead)[0] is None else APART


def _supersedes(later: Figure, earlier: Figure, scope: str) -> Relation:
    a, b = later.lead, earlier.lead
    factor = ratio(a, b)
    by = f", {grouped(factor)} times the number" if factor else ""
    inferred = "inferred" in (later.running, earlier.running)
    taken = "; that they are running totals is inferred" if inferred else ""
    return Relation(
        type="supersedes",
        rule="superseded",
        source=a.name,
        targets=(b.name,),
        explanation=f"{told(later)} is a later total than {told(earlier)}{by}{taken}.",
        difference=difference(a, b),
        ratio=ratio(a, b),
        basis="inferred" if inferred or guessed(later) or guessed(earlier) else "stated",
        scope=scope,
    )
