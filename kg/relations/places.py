"""Rule *place-conflict*: one article puts the same people's fighting or losses in two states."""

from __future__ import annotations

from collections.abc import Iterator

from kg.relation_model import Entry, Relation
from kg.relations.views import ArticleView


def places(view: ArticleView) -> Iterator[Relation]:
    """The first claim of each other state against the first claim that names a state, per owner of the people.

    Flagged, never merged: both may be right, for a force may fight on two sides of a border. Planned forces
    and those merely sent take no part.
    """
    first: dict[str, Entry] = {}
    seen: set[tuple[str, str]] = set()
    for entry in view.of("casualty", "deployment"):
        if entry.allegiance is None or entry.place is None or entry.status in ("planned", "expected"):
            continue
        for country in entry.countries if len(entry.countries) == 1 else ():
            lead = first.setdefault(entry.allegiance, entry)
            if country not in lead.countries and (entry.allegiance, country) not in seen:
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
                    scope=view.id,
                )


def _short(entry: Entry) -> str:
    return " ".join(entry.words.split())
