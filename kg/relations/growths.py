"""Rules *growth* and *updated*: is "had doubled" borne out by the figures, and what does a later total update?"""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.bases import Base, bases
from kg.relations.views import Group
from kg.relations.wording import grouped, told

TOLERANCE = 0.1  # a factor is borne out within a tenth


def growths(group: Group, claims: list[Entry]) -> Iterator[Relation]:
    """Each growth claim against the figures of its article's origins at its time and before.

    `claims` are the growth claims of the articles in the group. The later number is a figure of the claim's own
    article at the claim's time; the earlier ones may stand in other articles. Linear in figures and claims.
    """
    totals: dict[str, list[Figure]] = {}
    for figure in group.figures if claims else ():
        if len(figure.lead.kinds) > 1 and figure.lead.best:
            for article in figure.articles:
                totals.setdefault(article, []).append(figure)
    for claim in claims:
        for later in totals.get(claim.article, ()):
            if times.overlap(claim, later.lead):
                for base in bases(later, group):
                    yield _growth(claim, later, base, group.scope)


def updated(group: Group) -> Iterator[Relation]:
    """A later total over several kinds updates the same origin's earlier figures for each of them."""
    for later in group.figures:
        if len(later.lead.kinds) > 1 and later.lead.best and later.voices:
            for base in bases(later, group):
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
        explanation=f"“{' '.join(claim.words.split())}” {verdict}: {grouped(number)} ÷ ({_sum(base)}) = "
        f"{grouped(real)}; a factor of {grouped(factor)} needs {grouped(base.total * factor)}.",
        difference=number - base.total,
        ratio=round(real, 4),
        supported=supported,
        scope=scope,
    )


def _sum(base: Base) -> str:
    return " + ".join(grouped(part.lead.best or 0) for part in base.parts)
