"""Entries for the unit tests of relations, with values that differ only where a test says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.relation_model import Entry, Figure, Voice
from kg.relations import relate

ARMY = Voice("armed-force:chad-army", "Army of Chad", "state:chad")
MINISTRY = Voice("government-body:chad-defence-ministry", "Ministry of Defence of Chad", "state:chad")
CHAD = Voice("state:chad", "Chad", "state:chad")
UNITED_NATIONS = Voice("organisation:united-nations", "United Nations")
SOMEBODY = Voice("undisclosed-source:a:official", "an official", None, "undisclosed")


def make_entry(name: str = "claim_1", number: int | None = 400, **changes: Any) -> Entry:
    """400 Libyan soldiers killed in Chad so far, as the Army of Chad said on the day of publication."""
    day = changes.pop("day", date(2031, 3, 3))
    words = changes.pop("words", f"{number} Libyan soldiers have been killed")
    start = changes.pop("start", 100)
    values: dict[str, Any] = {
        "type": "casualty",
        "article": "a",
        "file_name": "a.md",
        "end": start + len(words),
        "sentence": start,
        "text": f"{words}, the army said.",
        "number_at": start,
        "says": f"{number} killed",
        "published": day,
        "voices": (ARMY,),
        "said_on": (day, day) if day else None,
        "earliest": day,
        "latest": day,
        "edtf": day.isoformat() if day else None,
        "countries": frozenset(("state:chad",)),
        "kinds": ("killed",),
        "measure": "killed",
        "low": number,
        "high": number,
        "allegiance": "state:libya",
        "role": "military",
        "group": "Libyan soldiers",
    }
    return Entry(name=name, words=words, start=start, **(values | changes))


def make_figure(*entries: Entry) -> Figure:
    """The one figure of some mentions."""
    (figure,) = relate([list(entries)]).figures
    return figure
