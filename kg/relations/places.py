"""Rule *place-conflict*: one article puts the same people's fighting or losses in two states."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.views import ArticleView

_THERE = frozenset(("present", "under-way", "deployed", "arrived"))


def places(view: ArticleView) -> Iterator[Relation]:
    """A force's fighting, without a number, in another state than its losses; or one figure put in two states.

    Flagged, never merged: both may be right, for a force may fight on two sides of a border. Two numbers for two
    states are no conflict, nor is a presence that is numbered, planned or denied.
    """
    seen: set[tuple[str | None, str]] = set()
    losses = [entry for entry in view.of("casualty") if _placed(entry)]
    first: dict[str, Entry] = {}
    for loss in losses:
        first.setdefault(loss.allegiance or "", loss)
    for entry in (e for e in view.of("deployment") if _placed(e) and e.status in _THERE and not e.counted):
        lead = first.get(entry.allegiance or "")
        if lead is not None and not entry.vague and times.compatible(entry, lead):
            yield from _conflict(entry, lead, seen, view.id)
    for figure in view.figures:
        mentions = [e for e in figure.entries if e.article == view.id and _placed(e)]
        for entry in mentions[1:]:
            yield from _conflict(entry, mentions[0], seen, view.id)


def _placed(entry: Entry) -> bool:
    return entry.allegiance is not None and entry.place is not None and len(entry.countries) == 1 and not entry.negated


def _conflict(entry: Entry, lead: Entry, seen: set[tuple[str | None, str]], scope: str) -> Iterator[Relation]:
    (country,) = entry.countries
    if country in lead.countries or (entry.allegiance, country) in seen:
        return
    seen.add((entry.allegiance, country))
    yield Relation(
        type="place-conflict",
        rule="place-conflict",
        source=entry.name,
        targets=(lead.name,),
        explanation=f"“{_short(entry)}” ({entry.place_words}) and “{_short(lead)}” ({lead.place_words}) "
        "put the same people in two states.",
        reason="two states",
        basis="inferred",
        scope=scope,
    )


def _short(entry: Entry) -> str:
    return " ".join(entry.words.split())
