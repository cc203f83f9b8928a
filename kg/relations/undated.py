"""Rule *cross-origin* for a total without a date: it stands against the latest of each other origin in its article."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Figure, Relation
from kg.relations import times
from kg.relations.comparing import compare, matched, of_one_state
from kg.relations.people import same_people
from kg.relations.views import ArticleView, of_a_war


def undated(view: ArticleView) -> Iterator[Relation]:
    """Undated running totals against dated ones of the same article, kinds and people; across articles nothing
    tells that they are of one time."""
    totals = [f for f in view.figures if of_a_war(f) and f.voices and f.lead.counted]
    for figure in (f for f in totals if not times.dated(f.lead)):
        latest: dict[tuple[str, ...], Figure] = {}
        for other in totals:
            key = tuple(sorted(voice.key for voice in other.voices))
            if times.dated(other.lead) and _of_one_matter(figure, other) and _later(other, latest.get(key)):
                latest[key] = other
        for key in sorted(latest):
            yield from compare(figure, latest[key], "cross-origin", view.id)


def _of_one_matter(a: Figure, b: Figure) -> bool:
    voices = {voice.key for voice in a.voices} & {voice.key for voice in b.voices}
    alike = a.lead.kinds == b.lead.kinds and same_people(a.lead, b.lead) and matched(a, b)
    return alike and not voices and not of_one_state(a, b)


def _later(figure: Figure, other: Figure | None) -> bool:
    return other is None or (times.last(figure.lead), figure.name) > (times.last(other.lead), other.name)
