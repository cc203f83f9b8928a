"""Rule *bounds*: what follows for a kind that a source counted only together with another."""

from __future__ import annotations

from collections.abc import Iterator

from kg.iri import derived_iri
from kg.relation_model import Derived, Figure
from kg.relations.bases import Base, Timelines
from kg.relations.wording import grouped

ASSUMPTION = "The origin's figures are running totals of one population, which never fall, and count nobody twice."


def bounds(total: Figure, lines: Timelines, scope: str) -> Iterator[Derived]:
    """For a total over two kinds and the same origin's earlier figure of each: bounds of each kind at the later time.

    Neither kind can have fallen below its earlier number, so that neither can be more than the total less the
    other's. Nothing follows where the earlier numbers exceed the total.
    """
    number = total.lead.best
    if len(total.lead.kinds) == 2 and total.voices and number is not None:
        for base in lines.bases(total):
            if base.total <= number:
                for i in (0, 1):
                    yield _bounds(total, base, i, number, scope)


def _bounds(total: Figure, base: Base, i: int, number: int, scope: str) -> Derived:
    own, other = base.parts[i].lead, base.parts[1 - i].lead
    low, high = own.best or 0, number - (other.best or 0)
    premises = (total.lead.name, own.name, other.name)
    label = f"{grouped(low)} to {grouped(high)} {own.kinds[0]} ({total.lead.edtf})"
    return Derived(
        name=derived_iri("bounds", label, list(premises)),
        rule="bounds",
        premises=premises,
        assumption=ASSUMPTION,
        label=label,
        kinds=own.kinds,
        low=low,
        high=high,
        best=low if low == high else None,
        time=total.lead.time,
        population=total.lead.population,
        scope=scope,
    )
