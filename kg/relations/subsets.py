"""Rule *subset*: those whom one claim counts are among those whom another counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.mentions.lexica import words_of
from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.numbers import compared, interval
from kg.relations.views import ArticleView, same_people


def subsets(view: ArticleView) -> Iterator[Relation]:
    """Parts of counts within one article.

    A fate (repatriated, cremated) singles out a part of the figure of its kind that fits it best; "including",
    "of them" make a part of the count before it in the sentence; those a share is a share of are among the force.
    """
    casualties = list(view.of("casualty"))
    for entry in casualties:
        if entry.fate:
            yield from _of_fate(entry, view)
    for whole, part in pairwise(casualties):
        if whole.sentence == part.sentence and whole.kinds == part.kinds and _partitive(whole, part):
            yield _subset(part, whole, "the words between them make it a part", view.id)
    by_name = {entry.name: entry for entry in view.entries}
    for share in view.of("share"):
        among = by_name.get(share.part or "")
        forces = [e for e in view.of("deployment") if e.counted and e.status not in ("planned", "expected")]
        for force in forces:
            if among is not None and force.allegiance == among.allegiance:
                yield _subset(among, force, f"it is given as {share.percent:g}% of “{share.group}”", view.id)


def _of_fate(part: Entry, view: ArticleView) -> Iterator[Relation]:
    """The counts of all of its kinds: at its own time, or where it has none, the article's fullest figure."""
    wholes = [
        figure
        for figure in view.figures
        if figure.lead.type == "casualty"
        and set(part.kinds) <= set(figure.lead.kinds)
        and not figure.lead.fate
        and not figure.lead.negated
        and figure.lead.counted
        and same_people(figure.lead, part)
    ]
    if times.dated(part):
        wholes = [w for w in wholes if times.overlap(w.lead, part)]
    else:
        wholes = sorted(wholes, key=lambda w: (-len(w.entries), w.name))[:1]
    for whole in wholes:
        yield _subset(part, whole.lead, f"the {' or '.join(part.kinds)} who were {part.fate} are among them", view.id)


def _partitive(whole: Entry, part: Entry) -> bool:
    between = whole.text[whole.end - whole.sentence : part.start - whole.sentence].lower()
    before = between + " " + part.words.lower()
    phrases = words_of("partitive")
    return any(re.search(rf"\b{re.escape(phrase)}\b", before) for phrase in phrases)


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
