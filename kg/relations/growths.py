"""Rules *growth* and *updated*: is "had doubled" borne out by the figures, and what does a later total update?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.bases import Base, Timelines
from kg.relations.views import Group
from kg.relations.wording import grouped, on_one_line, told

TOLERANCE = 0.1  # a factor is borne out within a tenth
_ANY = "casualties"


def growths(group: Group, claims: Sequence[Entry]) -> Iterator[Relation]:
    """Each growth claim against the figures of its article's origins at its time and before.

    `claims` are the growth claims of the articles in the group. The later number is a figure of the claim's own
    article at the claim's time, for the kind that the claim names, or for several kinds where it speaks of
    casualties; the earlier ones may stand in other articles.
    """
    if not claims:
        return
    lines = Timelines(group.figures)
    by_article: dict[str, list[Figure]] = {}
    for figure in group.figures:
        if figure.lead.best and times.dated(figure.lead):
            for article in figure.articles:
                by_article.setdefault(article, []).append(figure)
    for claim in claims:
        for later in by_article.get(claim.article, []):
            if claim.factor and _measures(claim, later) and _at_its_time(claim, later):
                found = list(lines.bases(later)) if len(later.lead.kinds) > 1 else []
                for base in found or lines.earlier(later):
                    yield _growth(claim, later, base, group.scope)


def _measures(claim: Entry, figure: Figure) -> bool:
    kinds = figure.lead.kinds
    return (len(kinds) > 1 or kinds == (_ANY,)) if claim.measure == _ANY else kinds == (claim.measure,)


def _at_its_time(claim: Entry, figure: Figure) -> bool:
    if claim.begun is not None or figure.lead.begun is not None:
        return times.dated(claim) and times.gap(claim, figure.lead) == 0
    return times.overlap(claim, figure.lead)


def updated(group: Group) -> Iterator[Relation]:
    """A later total over several kinds updates the same origin's earlier figures for each of them."""
    several = [f for f in group.figures if len(f.lead.kinds) > 1 and f.lead.best and f.voices]
    lines = Timelines(group.figures) if several else None
    for later in several:
        for base in lines.bases(later) if lines else ():
            yield Relation(
                type="updates",
                rule="updated",
                source=later.lead.name,
                targets=tuple(part.lead.name for part in base.parts),
                explanation=f"{told(later)} comes after {_sum(base)} = {grouped(base.total)} of the same origin; "
                "it counts the kinds together, so that it supersedes neither number.",
                difference=(later.lead.best or 0) - base.total,
                ratio=round((later.lead.best or 0) / base.total, 4) if base.total else None,
                reason="the kinds are counted together",
                basis="inferred",
                scope=group.scope,
            )


def _growth(claim: Entry, later: Figure, base: Base, scope: str) -> Relation:
    number, factor = later.lead.best or 0, claim.factor or 1.0
    real = number / base.total if base.total else 0.0
    supported = abs(real / factor - 1) <= TOLERANCE
    verdict = "is borne out" if supported else "is not borne out"
    return Relation(
        type="growth-of",
        rule="growth",
        source=claim.name,
        targets=(later.lead.name, *(part.lead.name for part in base.parts)),
        explanation=f"“{on_one_line(claim.words)}” {verdict}: {grouped(number)} ÷ ({_sum(base)}) = "
        f"{grouped(real)}; a factor of {grouped(factor)} needs {grouped(base.total * factor)}.",
        difference=number - base.total,
        ratio=round(real, 4),
        supported=supported,
        scope=scope,
    )


def _sum(base: Base) -> str:
    return " + ".join(grouped(part.lead.best or 0) for part in base.parts)
