"""Rule *place-conflict*: one article puts the same people's fighting or losses in two states."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.relation_model import Entry, Relation
from kg.relations import times
from kg.relations.views import ArticleView
from kg.relations.wording import on_one_line

_THERE = frozenset(("present", "under-way", "deployed", "arrived"))


def places(view: ArticleView) -> Iterator[Relation]:
    """A force's fighting, without a number, in another state than its losses; one figure put in two states.

    A statement on a deployment is held against the forces and losses of those whom it names; a force that was
    sent before is there still.

    Flagged, never merged: both may be right, for a force may fight on two sides of a border. Two numbers for two
    states are no conflict, nor is a presence that is numbered, planned or denied.
    """
    seen: set[tuple[str | None, str]] = set()
    losses = [entry for entry in view.of("casualty") if _placed(entry)]
    forces = [entry for entry in view.of("deployment") if _placed(entry) and entry.status in _THERE]
    for entry in (e for e in forces if not e.counted and not e.vague):
        elsewhere = (e for e in losses if e.allegiance == entry.allegiance and _apart(entry, e))
        for lead in islice((e for e in elsewhere if times.compatible(entry, e)), 1):
            yield from _conflict(entry, lead, seen, view.id)
    for entry in (e for e in view.of("statement") if e.topic == "deployment" and e.country):
        others = (e for e in (*forces, *losses) if e.allegiance in entry.mentions and _apart(entry, e))
        for lead in islice((e for e in others if not times.before(entry, e)), 1):
            yield from _conflict(entry, lead, seen, view.id)
    for figure in view.figures:
        mentions = [e for e in figure.entries if e.article == view.id and _placed(e)]
        for entry in mentions[1:]:
            yield from _conflict(entry, mentions[0], seen, view.id)


def _placed(entry: Entry) -> bool:
    return entry.allegiance is not None and entry.country is not None and not entry.negated


def _apart(a: Entry, b: Entry) -> bool:
    return a.country != b.country


def _conflict(entry: Entry, lead: Entry, seen: set[tuple[str | None, str]], scope: str) -> Iterator[Relation]:
    if not _apart(entry, lead) or entry.country is None or (lead.allegiance, entry.country) in seen:
        return
    seen.add((lead.allegiance, entry.country))
    yield Relation(
        type="place-conflict",
        rule="place-conflict",
        source=entry.name,
        targets=(lead.name,),
        explanation=f"“{on_one_line(entry.words)}” ({entry.place_words}) and "
        f"“{on_one_line(lead.words)}” ({lead.place_words}) put the same people in two states.",
        reason="two states",
        basis="inferred",
        scope=scope,
    )
