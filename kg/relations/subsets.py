"""Rule *subset*: those whom one claim counts are among those whom another counts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.numbers import compared, interval
from kg.relations.partitives import partitives
from kg.relations.shares import forces_of
from kg.relations.views import ArticleView

_ASIDE = 3  # figures of which those of a fate may be a part, the fullest


def subsets(view: ArticleView) -> Iterator[Relation]:
    """Parts of counts within one article.

    A fate (repatriated, cremated) singles out a part of the figure of its kind that fits it best; "including",
    "of them" make a part of the count before it; those a share is a share of are among the force.
    """
    for entry in view.of("casualty"):
        if entry.fate and not entry.negated:
            yield from _of_fate(entry, view)
    for part, whole in partitives(view.entries):
        yield _subset(part, whole, "the words between them make it a part", view.id)
    by_name = {entry.name: entry for entry in view.of("casualty")}
    for share in view.of("share"):
        among = by_name.get(share.part or "")
        if among is not None:
            for force in forces_of(share, among, view):
                yield _subset(among, force, f"it is given as {share.percent:g}% of “{share.group}”", view.id)


def _of_fate(part: Entry, view: ArticleView) -> Iterator[Relation]:
    """The counts of all of its kinds, not smaller and in no other town: at its own time, or where it has none,
    the article's fullest figure."""
    wholes = [
        figure
        for figure in view.counts_of(part)
        if set(part.kinds) <= set(figure.lead.kinds)
        and not (figure.lead.fate or figure.lead.negated)
        and figure.lead.counted
        and not _elsewhere(part, figure.lead)
        and (not part.counted or interval(part)[0] <= interval(figure.lead)[1])
    ]
    if times.dated(part):
        wholes = [w for w in wholes if times.overlap(w.lead, part)][:_ASIDE]
    else:
        wholes = sorted(wholes, key=lambda w: (-w.mentions, w.entries[0].start, w.name))[:1]
    for whole in wholes:
        yield _subset(part, whole.lead, f"the {' or '.join(part.kinds)} who were {part.fate} are among them", view.id)


def _elsewhere(a: Entry, b: Entry) -> bool:
    return times.finer(a) and times.finer(b) and a.place != b.place


def _subset(part: Entry, whole: Entry, why: str, scope: str) -> Relation:
    fits: bool | None = None
    if part.counted and whole.counted:
        fits = compared(part, whole) != "conflict" or interval(part)[0] <= interval(whole)[1]
    wrong = "; but the part is greater than the whole" if fits is False else ""
    return Relation(
        type="subset-of",
        rule="subset",
        source=part.name,
        targets=(whole.name,),
        explanation=f"{part.says} is a part of {whole.says}: {why}{wrong}.",
        supported=fits,
        reason="the part is greater than the whole" if fits is False else None,
        scope=scope,
    )
