"""Rules *sum* and *category-witness*: does a total equal its parts, and who was left over for its other kinds?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kg.relation_model import Entry, Figure, Relation
from kg.relations import times
from kg.relations.views import ArticleView
from kg.relations.wording import grouped, joined

EACH = 3  # figures of one kind that are tried as a part
REACH = 600  # characters between a list of groups and the total that it may add up to
_ANY = ("casualties",)


def sums(view: ArticleView) -> Iterator[Relation]:
    """Totals of an article over several kinds that equal one figure of each of some of their kinds, and totals
    of one kind that equal a list of groups ("14 civilians, five soldiers and a seaman").

    A sum that fails is a relation only where one sentence gives the total and a part for each of its kinds:
    else the parts may be of another time. Does not cover approximate parts that do not add up to the digit.
    """
    for total in view.figures:
        lead = total.lead
        several = len(lead.kinds) > 1 or lead.kinds == _ANY
        if lead.type == "casualty" and lead.best is not None and several and not lead.negated:
            found = list(_sums_of(total, view)) if len(lead.kinds) > 1 else []
            yield from found or _failed(lead, view)
    yield from _lists(view)


def _sums_of(total: Figure, view: ArticleView) -> Iterator[Relation]:
    lead = total.lead
    by_kind = {kind: _nearest(_parts(total, kind, view), lead.start) for kind in lead.kinds}
    options = [[None, *by_kind[kind]] for kind in lead.kinds]
    for choice in product(*options):
        parts = [figure for figure in choice if figure is not None]
        if len(parts) > 1 and sum(p.lead.best or 0 for p in parts) == lead.best and _together(parts):
            yield from _sum(total, parts, view)


def _parts(total: Figure, kind: str, view: ArticleView) -> list[Figure]:
    return [
        figure
        for figure in view.counts_of(total.lead)
        if figure.lead.kinds == (kind,)
        and figure.lead.best
        and not (figure.lead.fate or figure.lead.negated)
        and times.compatible(figure.lead, total.lead)
        and (not total.voices or not figure.voices or {v.key for v in total.voices} & {v.key for v in figure.voices})
    ]


def _nearest(figures: list[Figure], start: int) -> list[Figure]:
    return sorted(figures, key=lambda f: (abs(f.lead.start - start), f.name))[:EACH]


def _together(parts: list[Figure]) -> bool:
    """Whether the parts have one origin: numbers of two mouths make no sum."""
    return len({tuple(voice.key for voice in part.voices) for part in parts}) == 1


def _sum(total: Figure, parts: list[Figure], view: ArticleView) -> Iterator[Relation]:
    lead = total.lead
    covered = {kind for part in parts for kind in part.lead.kinds}
    rest = [kind for kind in lead.kinds if kind not in covered]
    said = _added([part.lead for part in parts], lead)
    witnesses = [w for kind in rest for w in _parts(total, kind, view)]
    reason = f"nothing is left for {joined(rest)}" if rest else None
    if witnesses and reason:
        reason += f", yet {joined([w.lead.says for w in witnesses])} stands in the same article"
    yield Relation(
        type="sum-of",
        rule="sum",
        source=lead.name,
        targets=tuple(part.lead.name for part in parts),
        explanation=f"{said}; {reason}." if reason else f"{said}.",
        difference=0,
        supported=not witnesses,
        reason=reason,
        scope=view.id,
    )
    for witness in witnesses:
        kinds = joined(witness.lead.kinds)
        yield Relation(
            type="category-witness",
            rule="category-witness",
            source=witness.lead.name,
            targets=(lead.name,),
            explanation=f"{witness.lead.says}: at least {witness.lead.low} of the total of {grouped(lead.best or 0)} "
            f"must be {kinds}, for which its parts leave nothing.",
            supported=False,
            scope=view.id,
        )


def _failed(total: Entry, view: ArticleView) -> Iterator[Relation]:
    """ "50 casualties, 20 killed and 25 wounded": a total beside all of its parts that do not make it."""
    beside = [e for e in view.in_sentence(total) if e.name != total.name and e.kinds != total.kinds and _exact(e)]
    parts = [e for e in beside if len(e.kinds) == 1 and e.voices == total.voices and e.allegiance == total.allegiance]
    kinds = [kind for part in parts for kind in part.kinds]
    wanted = {"killed", "wounded"} if total.kinds == _ANY else set(total.kinds)
    if total.approximate or len(kinds) != len(wanted) or set(kinds) != wanted or len(beside) != len(parts):
        return
    gap = (total.best or 0) - sum(part.best or 0 for part in parts)
    yield Relation(
        type="sum-of",
        rule="sum",
        source=total.name,
        targets=tuple(part.name for part in parts),
        explanation=f"{_added(parts, total)}."
        if not gap
        else f"{_added(parts, None)}, not {grouped(total.best or 0)}.",
        difference=gap,
        supported=not gap,
        reason=f"the parts differ from the total by {grouped(abs(gap))}" if gap else None,
        scope=view.id,
    )


def _lists(view: ArticleView) -> Iterator[Relation]:
    """Items of one kind and sentence whose groups differ, and the total of that kind near them that they make."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for first in view.of("casualty"):
        key = (first.sentence, first.kinds)
        if key in seen:
            continue
        seen.add(key)
        items = [e for e in view.in_sentence(first) if e.kinds == first.kinds and _exact(e) and e.group]
        number = sum(item.best or 0 for item in items)
        if len({item.group for item in items}) != len(items) or len(items) < 2:
            continue
        for total in (
            f.lead for f in view.figures if first.kinds == f.lead.kinds and number in (f.lead.low, f.lead.high)
        ):
            if total not in items and abs(total.start - first.start) <= REACH and _whole(total, items):
                yield Relation(
                    type="sum-of",
                    rule="sum",
                    source=total.name,
                    targets=tuple(item.name for item in items),
                    explanation=f"{_added(items, total)}.",
                    difference=0,
                    supported=True,
                    scope=view.id,
                )


def _whole(total: Entry, items: list[Entry]) -> bool:
    owners = {item.allegiance for item in items}
    fits = total.allegiance is None or owners <= {total.allegiance, None}
    return fits and not (total.fate or total.negated) and all(times.compatible(total, item) for item in items)


def _exact(entry: Entry) -> bool:
    return entry.type == "casualty" and bool(entry.best) and not (entry.approximate or entry.fate or entry.negated)


def _added(parts: list[Entry], total: Entry | None) -> str:
    one_kind = len({part.kinds for part in parts}) == 1
    words = [part.group or "" if one_kind else joined(part.kinds) for part in parts]
    added = " + ".join(f"{grouped(part.best or 0)} {word}" for part, word in zip(parts, words, strict=True))
    number = sum(part.best or 0 for part in parts) if total is None else total.best or total.low or total.high or 0
    return f"{added} = {grouped(number)}"
