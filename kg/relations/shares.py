"""Rule *share*: what whole a percentage implies, and whether the stated size of the force fits it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Derived, Entry, Relation
from kg.relations.numbers import ABOUT
from kg.relations.views import ArticleView
from kg.relations.wording import grouped


def shares(view: ArticleView) -> Iterator[Relation | Derived]:
    """For each share of a counted claim: the implied whole with its rounding bounds, and the stated wholes.

    A stated whole is a counted deployment of the same owner in the same article. Does not cover shares
    whose part is not a claim.
    """
    by_name = {entry.name: entry for entry in view.entries}
    for share in view.of("share"):
        part = by_name.get(share.part or "")
        if part is None or part.best is None or not share.percent:
            continue
        stated = [e for e in view.of("deployment") if e.counted and e.allegiance == part.allegiance and not _ahead(e)]
        low, best, high = implied(part.best, share.percent)
        fits = [e for e in stated if _holds(e, low, high)]
        premises = (part.name, share.name)
        yield Derived(
            rule="share",
            premises=premises,
            assumption=f"The percentage is rounded to the nearest {'per cent' if share.percent % 1 == 0 else 'digit'}, "
            "and its part is the number beside it.",
            label=f"{share.group or 'the whole'}: {grouped(low)} to {grouped(high)} implied",
            kinds=(),
            low=low,
            best=best,
            high=high,
            approximate=part.approximate,
            as_of_from=part.name,
            allegiance=part.allegiance,
            scope=view.id,
            consistent_with=tuple(e.name for e in fits),
            inconsistent_with=tuple(e.name for e in stated if e not in fits),
        )
        yield _relation(share, part, stated, fits, (low, best, high), view.id)


def implied(part: int, percent: float) -> tuple[int, int, int]:
    """The least, the nearest and the greatest whole of which `part` is `percent`, rounded as it is written.

    >>> implied(4000, 36.0)
    (10959, 11111, 11268)
    """
    decimals = len(f"{percent:g}".partition(".")[2])
    half = 0.5 * 10**-decimals
    least, nearest, most = (part / (p / 100) for p in (percent + half, percent, max(percent - half, half / 10)))
    return round(least), round(nearest), round(most)


def _relation(
    share: Entry, part: Entry, stated: list[Entry], fits: list[Entry], whole: tuple[int, int, int], scope: str
) -> Relation:
    low, best, high = (grouped(number) for number in whole)
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
        scope=scope,
    )


def _holds(entry: Entry, low: int, high: int) -> bool:
    widened = (1 - ABOUT, 1 + ABOUT) if entry.approximate else (1.0, 1.0)
    return (entry.low is None or entry.low * widened[0] <= high) and (
        entry.high is None or entry.high * widened[1] >= low
    )


def _ahead(entry: Entry) -> bool:
    return entry.status in ("planned", "expected")
