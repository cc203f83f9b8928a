"""The conflicts between the claims of a built graph, the largest first, each with both numbers as they are cited."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.cited import Cited, cited, text, whole
from kg.query import Graph, Term
from kg.vocab import T, notations, shortcuts

CONFLICTS = """
SELECT DISTINCT ?relation ?type ?a ?b ?why ?ratio ?difference ?independence ?nearer ?basis ?rule WHERE {
  ?relation a kg:ClaimRelation ; kg:relationType ?type ; kg:from ?a ; kg:to ?b ; kg:explanation ?why .
  ?a kg:conflictsWith ?b .
  OPTIONAL { ?relation kg:ratio ?ratio } OPTIONAL { ?relation kg:difference ?difference }
  OPTIONAL { ?relation kg:independence ?independence } OPTIONAL { ?relation kg:nearerInTime ?nearer }
  OPTIONAL { ?relation kg:basis ?basis } OPTIONAL { ?relation kg:rule ?rule }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two numbers that cannot hold together. None is *not stated*, or has no meaning for these two."""

    type: str  # a code of relation-type
    a: Cited
    b: Cited
    ratio: float | None  # the larger by the smaller, 1 or more
    difference: int | None  # the larger less the smaller
    independence: str | None  # a code of independence; None within one origin
    nearer: str | None  # IRI of the claim whose article was written nearer to the time spoken of
    basis: str | None
    rule: str | None
    explanation: str

    @property
    def same_origin(self) -> bool | None:
        """Whether both go back to one origin; None where one of them names none."""
        return {"same-origin-conflict": True, "cross-origin-conflict": False}.get(self.type)


def disagreements(graph: Graph) -> tuple[Disagreement, ...]:
    """Every conflict of two numbers, by ratio and then by difference, the largest first.

    Those without a ratio (ranges, open bounds) come last. Places, stances and headings that do not fit one another
    are other relations, and are not here.
    """
    types, independences, bases = _conflicts(), notations("independence"), notations("basis")
    rows = [row for row in graph.run(CONFLICTS).rows if text(row[1]) in types]
    claims = sorted({end for row in rows for end in row[2:4] if isinstance(end, NamedNode)}, key=lambda n: n.value)
    known = cited(graph, claims)
    found = {}
    for relation, kind, a, b, why, ratio, difference, independence, nearer, basis, rule in rows:
        found[f"{relation} {b}"] = Disagreement(
            type=types[text(kind) or ""],
            a=known[text(a) or ""],
            b=known[text(b) or ""],
            ratio=_at_least_one(ratio),
            difference=None if (gap := whole(difference)) is None else abs(gap),
            independence=independences.get(text(independence) or ""),
            nearer=text(nearer),
            basis=bases.get(text(basis) or ""),
            rule=text(rule),
            explanation=text(why) or "",
        )
    return tuple(found[key] for key in sorted(found, key=lambda key: (*_size(found[key]), key)))


def _conflicts() -> dict[str, str]:
    """The relation types that say conflict, by IRI."""
    known = shortcuts()
    types = notations("relation-type")
    return {concept: types[concept] for concept in known if concept in types and known[concept] == T.conflictsWith}


def _size(found: Disagreement) -> tuple[float, int]:
    return -(found.ratio or 0), -(found.difference or 0)


def _at_least_one(ratio: Term | None) -> float | None:
    value = float(ratio.value) if isinstance(ratio, Literal) else None
    return round(max(value, 1 / value), 4) if value else None
