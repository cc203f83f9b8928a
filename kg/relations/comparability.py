"""Rule *comparability*: totals over several kinds that lie near in time and do not count the same kinds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from kg.relation_model import Figure, Relation
from kg.relations import times
from kg.relations.wording import grouped, joined, told

NEIGHBOURS = 2  # totals with other kinds before each in time
WINDOW = 92  # days in which somebody would compare them


class Comparability:
    """Each total over several kinds against the two before it that count other kinds: not comparable, and why.

    Totals of the same kinds are compared by the rules on origins. A single kind against a sum is never taken
    for a comparison that anyone would make.
    """

    def __init__(self, scope: str) -> None:
        """Begin with a group that is named `scope`, whose totals come in the order of time."""
        self._scope = scope
        self._several: deque[Figure] = deque(maxlen=4 * NEIGHBOURS)

    def compare(self, later: Figure) -> Iterator[Relation]:
        """The relations of a running total to those that came before it."""
        if len(later.lead.kinds) > 1 and later.lead.counted and times.dated(later.lead):
            others = [
                f for f in self._several if f.lead.kinds != later.lead.kinds and times.gap(f.lead, later.lead) <= WINDOW
            ]
            for other in others[-NEIGHBOURS:]:
                yield _not_comparable(later, other, self._scope)
            self._several.append(later)


def _not_comparable(a: Figure, b: Figure, scope: str) -> Relation:
    only_a = [kind for kind in a.lead.kinds if kind not in b.lead.kinds]
    only_b = [kind for kind in b.lead.kinds if kind not in a.lead.kinds]
    reasons = [
        f"{joined(kinds)} {'is' if len(kinds) == 1 else 'are'} counted only in one"
        for kinds in (only_a, only_b)
        if kinds
    ]
    if {v.key for v in a.voices} != {v.key for v in b.voices}:
        reasons.append("the origins differ" if a.voices and b.voices else "an origin is not stated")
    x, y = a.lead.best, b.lead.best
    if x is not None and y is not None and times.before(b.lead, a.lead) and set(a.lead.kinds) <= set(b.lead.kinds):
        reasons.append(
            f"their order is no contradiction: {grouped(x)} is {'not less' if x >= y else 'less'} than {grouped(y)}"
        )
    reason = "; ".join(reasons)
    return Relation(
        type="not-comparable-with",
        rule="comparability",
        source=a.lead.name,
        targets=(b.lead.name,),
        explanation=f"{told(a)} and {told(b)} may not be compared: {reason}.",
        reason=reason,
        scope=scope,
    )
