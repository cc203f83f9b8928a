"""Is a count a running total of a whole force, or of one event? Only running totals supersede one another."""

from __future__ import annotations

from collections.abc import Sequence

from kg.relation_model import Entry
from kg.relations import times

LEAST = 100  # a smaller count of a force is taken for one event's, unless the text says otherwise


def running(entries: Sequence[Entry], lead: Entry) -> str:
    """ "stated" where the text says so ("so far", "since", "total"), "inferred" by the rule below, else "no".

    Inferred: at least 100 casualties of a state's or group's own people, with no part or fate singled out, in
    no place finer than a state, and with no day but that of the speaking. Increments ("another 12", "in the
    past day"), denials and deployments never are.
    """
    if lead.type != "casualty" or any(e.accumulation == "increment" or e.negated or e.fate for e in entries):
        return "no"
    if any(entry.accumulation == "cumulative" for entry in entries):
        return "stated"
    whole = lead.allegiance is not None and (lead.low or lead.high or 0) >= LEAST
    finer = any(entry.place is not None and not entry.place.startswith("state:") for entry in entries)
    of_an_event = times.of_a_day(lead) and not _spoken_then(lead)
    return "inferred" if whole and not finer and not of_an_event else "no"


def _spoken_then(entry: Entry) -> bool:
    """Whether the day is that of the speaking."""
    if entry.said_on is None:
        return False
    first, last = entry.said_on
    return first is not None and last is not None and first <= times.last(entry) and times.first(entry) <= last
