"""Rules *growth* and *updated*: is "had doubled" borne out by the figures, and what does a later total update?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.bases import Base, Timelines
from kg.relations.wording import grouped, on_one_line, told

TOLERANCE = 0.1  # a factor is borne out within a tenth
_ANY = "casualties"


def growths(later: Figure, claims: Sequence[Entry], lines: Timelines, scope: str) -> Iterator[Relation]:
    """The growth claims of a total's articles against the total and what its origins said before.

    The later number is a figure of the claim's own article at the claim's time, for the kind that the claim names,
    or for several kinds where it speaks of casualties; the earlier ones may stand in other articles.
    """
    if later.lead.best and times.dated(later.lead):
        for claim in claims:
            if claim.factor and _measures(claim, later) and _at_its_time(claim, later):
                found = list(lines.bases(later)) if len(later.lead.kinds) > 1 else []
                for base in found or lines.earlier(later):
                    yield _growth(claim, later, base, scope)


def _measures(claim: Entry, figure: Figure) -> bool:
    kinds = figure.lead.kinds
    return (len(kinds) > 1 or kinds == (_ANY,)) if claim.measure == _ANY else kinds == (claim.measure,)


def _at_its_time(claim: Entry, figure: Figure) -> bool:
    if claim.begun is not None or figure.lead.begun is not None:
        return times.dated(claim) and times.gap(claim, figure.lead) == 0
    return times.overlap(claim, figure.lead)


def updated(later: Figure, lines: Timelines, scope: str) -> Iterator[Relation]:
    """A later total over several kinds updates the same origin's earlier figures for each of them."""
    if len(later.lead.kinds) > 1 and later.lead.best and later.voices:
        for base in lines.bases(later):
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
                scope=scope,
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
