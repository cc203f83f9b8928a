"""Claims → figures, relations and derived claims: how the numbers of a corpus bear on one another.

`relate` is a pure function of the entries; nothing is decided about truth and no claim is changed. Cost: O(n log n)
in the claims, which is the sorting of groups (owner of the people × theatre) and of what was found. A figure is
compared with a bounded number of neighbours in time within its group, never with the whole of it; only within an
article are all pairs of its own claims open to comparison. `benchmarks/relations.py` measures it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.relation_model import Derived, Entry, Figure, Relation, Relations
from kg.relations.answers import answers
from kg.relations.bounds import bounds
from kg.relations.comparability import comparability
from kg.relations.entries import entries
from kg.relations.events import events
from kg.relations.figures import figures
from kg.relations.growths import growths, updated
from kg.relations.headings import headings
from kg.relations.partitives import parts_of
from kg.relations.places import places
from kg.relations.restated import restated
from kg.relations.revisions import former_tolls, revisions
from kg.relations.rivals import rivals
from kg.relations.shares import shares
from kg.relations.stances import stances
from kg.relations.subsets import subsets
from kg.relations.sums import sums
from kg.relations.supports import supports, undetermined
from kg.relations.undated import undated
from kg.relations.views import Group, article_views, groups

__all__ = ["entries", "relate"]

WITHIN = (sums, shares, subsets, headings, supports, undetermined, undated, places, revisions)
ACROSS = (rivals, comparability, updated, bounds)


def relate(corpus: Sequence[Sequence[Entry]]) -> Relations:
    """The figures, relations and derived claims of a corpus, given as the entries of each article.

    A relation that two groups find is given once, under the first; everything is sorted, so that the order of
    the articles does not matter.
    """
    aside = _aside(corpus)
    found = figures(corpus, aside)
    results = [*_within(corpus, found), *_across(corpus, found, aside)]
    results.sort(key=_scope, reverse=True)
    relations = {(r.type, r.rule, r.source, r.targets): r for r in results if isinstance(r, Relation)}
    derived = {(d.rule, d.label, d.premises): d for d in results if isinstance(d, Derived)}
    return Relations(
        found,
        tuple(relations[key] for key in sorted(relations)),
        tuple(derived[key] for key in sorted(derived)),
    )


def _within(corpus: Sequence[Sequence[Entry]], found: Sequence[Figure]) -> Iterator[Relation | Derived]:
    for figure in found:
        yield from restated(figure)
    for view in article_views(corpus, found):
        for rule in WITHIN:
            yield from rule(view)


def _across(
    corpus: Sequence[Sequence[Entry]], found: Sequence[Figure], aside: frozenset[str]
) -> Iterator[Relation | Derived]:
    growth: dict[str, list[Entry]] = {}
    for entry in (entry for page in corpus for entry in page if entry.type == "growth"):
        growth.setdefault(entry.article, []).append(entry)
    for group in groups(found):
        for rule in ACROSS:
            yield from rule(group)
        yield from growths(group, _claims_of(group, growth))
    yield from events(found, aside)
    yield from stances(corpus)
    yield from answers(corpus, _repeated(found))


def _aside(corpus: Sequence[Sequence[Entry]]) -> frozenset[str]:
    """The claims that are no origin's word on a whole at its time: parts of other counts, and earlier tolls."""
    parts = {name for page in corpus for name in parts_of(page)}
    return frozenset(parts | {former.name for page in corpus for former, _ in former_tolls(page)})


def _repeated(found: Sequence[Figure]) -> frozenset[str]:
    """The mentions that only give a figure again."""
    return frozenset(entry.name for figure in found for entry in figure.entries if entry is not figure.lead)


def _claims_of(group: Group, growth: dict[str, list[Entry]]) -> list[Entry]:
    return [
        entry for article in sorted({a for f in group.figures for a in f.articles}) for entry in growth.get(article, [])
    ]


def _scope(result: Relation | Derived) -> str:
    return result.scope
