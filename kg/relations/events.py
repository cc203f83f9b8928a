"""The same rules for tolls of one event: one town, one day, the same kinds and people.

That two counts of one town and day are of one event is inferred. Within an article only different origins are
held against one another, for one origin that gives two numbers in one text speaks of two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.relation_model import Figure, Relation
from kg.relations import times
from kg.relations.figures import people
from kg.relations.independence import independence
from kg.relations.numbers import compared, difference, ratio
from kg.relations.wording import grouped, told

RECENT = 8  # figures of one town, and of overlapping days, that a figure is compared with
Key = tuple[object, ...]


def events(figures: Iterable[Figure]) -> Iterator[Relation]:
    """Agreement, nearness, conflict and supersession of event tolls; linear in the figures.

    Does not cover events whose town or day is not stated.
    """
    towns: dict[Key, list[Figure]] = {}
    for figure in figures:
        lead = figure.lead
        if (
            lead.type == "casualty"
            and figure.running != "inferred"
            and lead.counted
            and not (lead.fate or lead.negated)
            and lead.accumulation != "increment"
            and times.of_a_day(lead)
            and times.finer(lead)
        ):
            towns.setdefault((lead.place, lead.kinds, people(lead)), []).append(figure)
    for key in sorted(towns, key=repr):
        ordered = sorted(
            towns[key], key=lambda f: (times.first(f.lead).toordinal(), f.lead.article, f.lead.start, f.name)
        )
        for i, figure in enumerate(ordered):
            for other in ordered[max(0, i - RECENT) : i]:
                if times.overlap(figure.lead, other.lead):
                    yield from _pair(figure, other, f"event {key[0]}")


def _pair(a: Figure, b: Figure, scope: str) -> Iterator[Relation]:
    outcome = compared(a.lead, b.lead)
    same_page = bool(a.articles & b.articles)
    mine, yours = ({voice.key for voice in figure.voices} for figure in (a, b))
    if outcome is None or (same_page and (mine == yours or not (mine and yours))):
        return
    if not (mine and yours):
        if outcome == "conflict":
            yield _relation(a, b, "conflict-origin-not-stated", "cross-origin", scope)
    elif mine & yours:
        later = _later(a, b)
        if outcome != "agreement" and later is not None:
            earlier = b if later is a else a
            yield _relation(later, earlier, "supersedes", "superseded", scope)
        else:
            yield _relation(a, b, f"same-origin-{outcome}", "same-origin", scope)
    else:
        yield _relation(a, b, f"cross-origin-{outcome}", "cross-origin", scope)


def _later(a: Figure, b: Figure) -> Figure | None:
    """The one that says that it is the newer running toll of the event, by its page's date; None where none does.

    Its time must not end before the other's, so that supersession never runs in a circle.
    """
    x, y = a.lead.published, b.lead.published
    if x is None or y is None or x == y:
        return None
    newer, older = (a, b) if x > y else (b, a)
    in_order = times.last(newer.lead) >= times.last(older.lead)
    return newer if newer.running == "stated" and in_order else None


def _relation(a: Figure, b: Figure, kind: str, rule: str, scope: str) -> Relation:
    factor, gap = ratio(a.lead, b.lead), difference(a.lead, b.lead)
    parts = [f"{told(a)} and {told(b)} are of one town and day; that they are of one event is inferred"]
    if gap and factor:
        parts.append(f"they differ by {grouped(abs(gap))}, a ratio of {grouped(max(factor, 1 / factor))}")
    separate = independence(a, b) if kind.startswith("cross-origin") else None
    if separate == "not-established":
        parts.append("that the origins are independent is not established")
    if kind == "conflict-origin-not-stated":
        parts.append("one of them names no source, so that they may go back to one")
    return Relation(
        type=kind,
        rule=rule,
        source=a.lead.name,
        targets=(b.lead.name,),
        explanation="; ".join(parts) + ".",
        difference=gap,
        ratio=factor,
        independence=separate,
        basis="inferred",
        scope=scope,
    )
