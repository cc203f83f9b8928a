"""Rules *same-origin*, *cross-origin* and *superseded*: running totals of one group, compared in one pass.

The figures come in the order of time. Each is compared with what its own origin said last, and with the
latest figures of at most eight other origins, so that the cost is linear in the figures, not in their pairs.
Nothing is decided about truth: both numbers of a conflict stay.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.independence import independence
from kg.relations.numbers import compared, difference, interval, ratio
from kg.relations.views import Group
from kg.relations.wording import grouped, told, who

OTHERS = 8  # other origins that a figure is compared with: those heard last
EACH = 3  # figures of each
OWN = 8  # earlier figures of the same origin that are kept
WINDOW = 31  # days between running totals of two origins that may still be held against one another


def rivals(group: Group) -> Iterator[Relation]:
    """The relations between the running totals of a group, kinds by kinds."""
    by_kinds: dict[tuple[str, ...], list[Figure]] = {}
    for figure in group.figures:
        if figure.voices and figure.lead.counted and times.dated(figure.lead):
            by_kinds.setdefault(figure.lead.kinds, []).append(figure)
    for kinds in sorted(by_kinds):
        yield from _sweep(by_kinds[kinds], group.scope)


def _sweep(figures: list[Figure], scope: str) -> Iterator[Relation]:
    heard: OrderedDict[tuple[str, ...], list[Figure]] = OrderedDict()
    for figure in figures:
        mine = tuple(sorted(voice.key for voice in figure.voices))
        yield from _own(figure, heard.get(mine, []), scope)
        yield from _others(figure, mine, heard, scope)
        kept = [f for f in heard.pop(mine, []) if not times.before(f.lead, figure.lead)]
        heard[mine] = [*kept, figure][-OWN:]
        # Origins heard long ago make room; the order is that of time, so it is the same every run.
        while len(heard) > 4 * OTHERS:
            heard.popitem(last=False)


def _own(figure: Figure, earlier: list[Figure], scope: str) -> Iterator[Relation]:
    for other in earlier:
        if times.before(other.lead, figure.lead):
            if _may_supersede(figure, other):
                yield _supersedes(figure, other, scope)
        elif figure.articles != other.articles and not _of_one_event(figure, other):
            yield from compare(figure, other, "same-origin", scope)


def _others(
    figure: Figure, mine: tuple[str, ...], heard: OrderedDict[tuple[str, ...], list[Figure]], scope: str
) -> Iterator[Relation]:
    for key in [key for key in reversed(heard) if not set(key) & set(mine)][:OTHERS]:
        for other in heard[key][-EACH:]:
            if times.gap(figure.lead, other.lead) <= WINDOW and not _of_one_event(figure, other):
                yield from compare(figure, other, "cross-origin", scope)


def _of_one_event(a: Figure, b: Figure) -> bool:
    """Whether they are tolls of one place and day, which the rule on events compares."""
    days = times.of_a_day(a.lead) and times.of_a_day(b.lead) and times.overlap(a.lead, b.lead)
    return days and times.finer(a.lead) and a.lead.place == b.lead.place


def _may_supersede(later: Figure, earlier: Figure) -> bool:
    """A total may be revised down; where only our rule takes both for totals, a fall tells that it was wrong."""
    if later.running == earlier.running == "stated":
        return True
    return interval(later.lead)[1] >= interval(earlier.lead)[0]


def _supersedes(later: Figure, earlier: Figure, scope: str) -> Relation:
    a, b = later.lead, earlier.lead
    factor = ratio(a, b)
    by = f", {grouped(factor)} times the number" if factor else ""
    inferred = "inferred" in (later.running, earlier.running) or _guessed(later) or _guessed(earlier)
    taken = "; that they are running totals is inferred" if "inferred" in (later.running, earlier.running) else ""
    return Relation(
        type="supersedes",
        rule="superseded",
        source=a.name,
        targets=(b.name,),
        explanation=f"{told(later)} is a later total than {told(earlier)}{by}{taken}.",
        difference=difference(a, b),
        ratio=factor,
        basis="inferred" if inferred else "stated",
        scope=scope,
    )


def compare(a: Figure, b: Figure, origins: str, scope: str) -> Iterator[Relation]:
    """The agreement, nearness or conflict of two figures of one or of two origins; nothing for vague amounts."""
    outcome = compared(a.lead, b.lead)
    if outcome is None:
        return
    nearer = _nearer(a, b) if outcome == "conflict" else None
    first, second = (b, a) if b.lead.start < a.lead.start and a.articles == b.articles else (a, b)
    separate = independence(a, b) if origins == "cross-origin" else None
    yield Relation(
        type=f"{origins}-{outcome}",
        rule=origins,
        source=first.lead.name,
        targets=(second.lead.name,),
        explanation=_explained(first, second, origins, outcome, nearer, separate),
        difference=difference(first.lead, second.lead),
        ratio=ratio(first.lead, second.lead),
        independence=separate,
        nearer=nearer.name if nearer else None,
        basis="inferred" if _guessed(a) or _guessed(b) or "inferred" in (a.running, b.running) else "stated",
        scope=scope,
    )


def _explained(a: Figure, b: Figure, origins: str, outcome: str, nearer: Entry | None, separate: str | None) -> str:
    verb = {"agreement": "agrees with", "near": "is near", "conflict": "does not fit"}[outcome]
    parts = [f"{told(a)} {verb} {told(b)}"]
    gap, factor = difference(a.lead, b.lead), ratio(a.lead, b.lead)
    if outcome != "agreement" and gap is not None and factor:
        parts.append(f"they differ by {grouped(abs(gap))}, a ratio of {grouped(max(factor, 1 / factor))}")
    if origins == "same-origin":
        parts.append(f"both go back to {who(a.voices)}")
    elif separate == "not-established":
        parts.append("that the origins are independent is not established")
    if nearer is not None:
        parts.append(f"{nearer.file_name} was written nearer to the time spoken of")
    return "; ".join(parts) + "."


def _nearer(a: Figure, b: Figure) -> Entry | None:
    x, y = times.distance_of_page(a.lead), times.distance_of_page(b.lead)
    if a.lead.article == b.lead.article or x is None or y is None or x == y:
        return None
    return a.lead if x < y else b.lead


def _guessed(figure: Figure) -> bool:
    return any(voice.basis == "inferred" for voice in figure.voices)
