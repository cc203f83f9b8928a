"""Rule *share*: what whole a percentage implies, and whether the stated size of the force fits it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.iri import derived_iri
from kg.mentions.lexica import words_of
from kg.relation_model import Derived, Entry, Relation
from kg.relations.numbers import ABOUT, figure_number
from kg.relations.views import ArticleView
from kg.relations.wording import grouped


def shares(view: ArticleView) -> Iterator[Relation | Derived]:
    """For each share of a counted claim: the implied whole with its rounding bounds, and the stated wholes.

    Does not cover shares whose part is not a claim.
    """
    by_name = {entry.name: entry for entry in view.of("casualty")}
    for share in view.of("share"):
        part = by_name.get(share.part or "")
        if part is None or part.best is None or not share.percent:
            continue
        stated = forces_of(share, part, view)
        whole = _whole(share, part, view.id)
        yield whole
        fits = [e for e in stated if _holds(e, whole.low or 0, whole.high or 0)]
        yield _relation(share, part, stated, fits, whole)
        for force in stated:
            good = force in fits
            verdict = "agrees with" if good else "does not fit"
            number = figure_number(force)
            yield Relation(
                type="agrees-with" if good else "conflicts-with",
                rule="share",
                source=whole.name,
                targets=(force.name,),
                explanation=f"{whole.label} {verdict} {force.says}.",
                difference=None if number is None or whole.best is None else whole.best - number,
                ratio=round(whole.best / number, 4) if number and whole.best is not None else None,
                supported=good,
                basis="inferred",
                scope=view.id,
            )


def forces_of(share: Entry, part: Entry, view: ArticleView) -> list[Entry]:
    """The stated forces that a share may be a share of: counted forces of the part's owner in one of its countries.

    Where some of them have the size that the share implies, only those; else the one told nearest to the share.
    None where the words for the whole name no force: "2% of the population".
    """
    words = set(re.findall(r"\w+", (share.group or "").lower()))
    if not words & (words_of("force-noun") | words_of("state-force")):
        return []
    forces = [
        force
        for force in view.of("deployment")
        if force.counted
        and force.allegiance == part.allegiance is not None
        and not (_ahead(force) or force.negated or force.status == "withdrawn" or force.accumulation == "increment")
        and (not (force.countries and part.countries) or force.countries & part.countries)
    ]
    if part.best is not None and share.percent:
        low, _, high = implied(part.best, share.percent)
        fitting = [force for force in forces if _holds(force, low, high)]
        if fitting:
            return fitting
    return sorted(forces, key=lambda force: (abs(force.start - share.start), force.start))[:1]


def _whole(share: Entry, part: Entry, scope: str) -> Derived:
    low, best, high = implied(part.best or 0, share.percent or 0.0)
    premises = (part.name, share.name)
    label = f"{share.group or 'the whole'}: {grouped(low)} to {grouped(high)} implied"
    rounded = "per cent" if (share.percent or 0) % 1 == 0 else "digit"
    return Derived(
        name=derived_iri("share", label, list(premises)),
        rule="share",
        premises=premises,
        assumption=f"The percentage is rounded to the nearest {rounded}, and its part is the number beside it.",
        label=label,
        kinds=(),
        low=low,
        best=best,
        high=high,
        approximate=part.approximate,
        time=part.time,
        population=part.population,
        scope=scope,
    )


def implied(part: int, percent: float) -> tuple[int, int, int]:
    """The least, the nearest and the greatest whole of which `part` is `percent`, rounded as it is written.

    >>> implied(900, 12.5)
    (7171, 7200, 7229)
    """
    decimals = len(f"{percent:g}".partition(".")[2])
    half = 0.5 * 10**-decimals
    least, nearest, most = (part / (p / 100) for p in (percent + half, percent, max(percent - half, half / 10)))
    return round(least), round(nearest), round(most)


def _relation(share: Entry, part: Entry, stated: list[Entry], fits: list[Entry], whole: Derived) -> Relation:
    low, best, high = (grouped(number or 0) for number in (whole.low, whole.best, whole.high))
    rounded = f"{low} to {high} if the percentage is rounded"
    text = f"{grouped(part.best or 0)} is {share.percent:g}% of about {best} ({rounded})"
    if stated:
        text += f"; {'that agrees with' if fits else 'that does not fit'} {(fits or stated)[0].says}"
    return Relation(
        type="share-of",
        rule="share",
        source=share.name,
        targets=(part.name, *(e.name for e in stated)),
        explanation=text + ".",
        ratio=round((share.percent or 0) / 100, 6),
        supported=bool(fits) if stated else None,
        scope=whole.scope,
    )


def _holds(entry: Entry, low: int, high: int) -> bool:
    widened = (1 - ABOUT, 1 + ABOUT) if entry.approximate else (1.0, 1.0)
    return (entry.low is None or entry.low * widened[0] <= high) and (
        entry.high is None or entry.high * widened[1] >= low
    )


def _ahead(entry: Entry) -> bool:
    return entry.status in ("planned", "expected")
