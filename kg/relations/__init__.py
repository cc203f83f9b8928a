"""Claims → figures, relations and derived claims: how the numbers of a corpus bear on one another.

`relate` is a pure function of the entries; nothing is decided about truth and no claim is changed. Cost: O(n log n)
in the claims, which is the sorting of groups (owner of the people × theatre) and of what was found. A figure is
compared with a bounded number of neighbours in time within its group, never with the whole of it; only within an
article are all pairs of its own claims open to comparison. `benchmarks/relations.py` measures it. `kg.relations.stages`
has the functions of one article, one number and one group, which `relate` runs in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.relation_model import Derived, Entry, Figure, Relation, Relations
from kg.relations.entries import entries
from kg.relations.items import NUMBER, Cluster, Item
from kg.relations.stages import Found, across, join, read

__all__ = ["entries", "relate", "settled"]


def relate(corpus: Iterable[Sequence[Entry]]) -> Relations:
    """The figures, relations and derived claims of a corpus, given as the entries of each article.

    A relation that two groups find is given once, under the first; everything is sorted, so that the order of
    the articles does not matter.
    """
    found: list[Figure | Relation | Derived] = []
    numbers: dict[str, list[Item]] = {}
    groups: dict[str, list[Item]] = {}

    def sort_in(results: Iterable[Found]) -> None:
        for result in results:
            if isinstance(result, Item):
                (numbers if result.sort == NUMBER else groups).setdefault(result.key, []).append(result)
            else:
                found.append(result)

    for page in corpus:
        sort_in(read(page))
    while numbers:
        _, items = numbers.popitem()
        sort_in(join(item.value for item in sorted(items, key=_order) if isinstance(item.value, Cluster)))
    while groups:
        key, items = groups.popitem()
        found.extend(across(key, (item.value for item in sorted(items, key=_order))))
    return settled(found)


def settled(found: Iterable[Figure | Relation | Derived]) -> Relations:
    """What the groups found, sorted, each once: under the first of the groups that found it."""
    results = list(found)
    figures = sorted((r for r in results if isinstance(r, Figure)), key=_name)
    rest = sorted((r for r in results if not isinstance(r, Figure)), key=_scope, reverse=True)
    relations = {(r.type, r.rule, r.source, r.targets): r for r in rest if isinstance(r, Relation)}
    derived = {(d.rule, d.label, d.premises): d for d in rest if isinstance(d, Derived)}
    return Relations(
        tuple(figures),
        tuple(relations[key] for key in sorted(relations)),
        tuple(derived[key] for key in sorted(derived)),
    )


def _order(item: Item) -> str:
    return item.order


def _name(figure: Figure) -> str:
    return figure.name


def _scope(result: Relation | Derived) -> str:
    return result.scope
