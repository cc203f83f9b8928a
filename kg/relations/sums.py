"""Rules *sum* and *category-witness*: does a total equal its parts, and who was left over for its other kinds?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kg.relation_model import Figure, Relation
from kg.relations import times
from kg.relations.views import ArticleView
from kg.relations.wording import grouped, joined

EACH = 3  # figures of one kind that are tried as a part


def sums(view: ArticleView) -> Iterator[Relation]:
    """Totals of an article over several kinds that equal one figure of each of some of their kinds.

    Does not cover parts by group ("9 soldiers and 3 civilians"), nor totals of approximate parts that do not
    add up to the digit: a sum that fails is no relation, for the parts may be of another time.
    """
    for total in view.figures:
        lead = total.lead
        if lead.type == "casualty" and lead.best is not None and len(lead.kinds) > 1 and not lead.negated:
            yield from _sums_of(total, view)


def _sums_of(total: Figure, view: ArticleView) -> Iterator[Relation]:
    lead = total.lead
    by_kind = {kind: _nearest(_parts(total, kind, view), lead.start) for kind in lead.kinds}
    options = [[None, *by_kind[kind]] for kind in lead.kinds]
    for choice in product(*options):
        parts = [figure for figure in choice if figure is not None]
        if len(parts) > 1 and sum(p.lead.best or 0 for p in parts) == lead.best and _together(parts):
            yield from _sum(total, parts, view)


def _parts(total: Figure, kind: str, view: ArticleView) -> list[Figure]:
    return [
        figure
        for figure in view.counts_of(total.lead)
        if figure.lead.kinds == (kind,)
        and figure.lead.best
        and not (figure.lead.fate or figure.lead.negated)
        and times.compatible(figure.lead, total.lead)
        and (not total.voices or not figure.voices or {v.key for v in total.voices} & {v.key for v in figure.voices})
    ]


def _nearest(figures: list[Figure], start: int) -> list[Figure]:
    return sorted(figures, key=lambda f: (abs(f.lead.start - start), f.name))[:EACH]


def _together(parts: list[Figure]) -> bool:
    """Whether the parts have one origin: numbers of two mouths make no sum."""
    return len({tuple(voice.key for voice in part.voices) for part in parts}) == 1


def _sum(total: Figure, parts: list[Figure], view: ArticleView) -> Iterator[Relation]:
    lead = total.lead
    covered = {kind for part in parts for kind in part.lead.kinds}
    rest = [kind for kind in lead.kinds if kind not in covered]
    sum_words = " + ".join(f"{grouped(part.lead.best or 0)} {joined(part.lead.kinds)}" for part in parts)
    said = f"{sum_words} = {grouped(lead.best or 0)}"
    witnesses = [w for kind in rest for w in _parts(total, kind, view)]
    reason = f"nothing is left for {joined(rest)}" if rest else None
    if witnesses and reason:
        reason += f", yet {joined([w.lead.says for w in witnesses])} stands in the same article"
    yield Relation(
        type="sum-of",
        rule="sum",
        source=lead.name,
        targets=tuple(part.lead.name for part in parts),
        explanation=f"{said}; {reason}." if reason else f"{said}.",
        difference=0,
        supported=not witnesses,
        reason=reason,
        scope=view.id,
    )
    for witness in witnesses:
        kinds = joined(witness.lead.kinds)
        yield Relation(
            type="category-witness",
            rule="category-witness",
            source=witness.lead.name,
            targets=(lead.name,),
            explanation=f"{witness.lead.says}: at least {witness.lead.low} of the total of {grouped(lead.best or 0)} "
            f"must be {kinds}, for which its parts leave nothing.",
            supported=False,
            scope=view.id,
        )
