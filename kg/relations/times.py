"""Times of claims, compared: overlap, order, and distance in days."""

from __future__ import annotations

from datetime import date

from kg.relation_model import Entry

EVENT_DAYS = 3  # a time no longer than this is the day of an event
SLACK = 14  # days between two beginnings of one war, as two texts date them
_WIDE = frozenset(("country", "international"))  # codes of place-precision
_PRECISION = {4: 366, 7: 31}  # days that the first half of an EDTF interval may mean, by its length


def overlap(a: Entry, b: Entry) -> bool:
    """Whether both have a time and the times share a day. An open end reaches to the other's."""
    if not (dated(a) and dated(b)):
        return False
    return first(a) <= last(b) and first(b) <= last(a)


def nested(a: Entry, b: Entry) -> bool:
    """Whether the one's time lies within the other's: two nights that share a day are two nights."""
    if not (dated(a) and dated(b)):
        return False
    return (first(a) <= first(b) and last(b) <= last(a)) or (first(b) <= first(a) and last(a) <= last(b))


def before(a: Entry, b: Entry) -> bool:
    """Whether both have a time and `a` ends before `b` starts."""
    return dated(a) and dated(b) and last(a) < first(b)


def gap(a: Entry, b: Entry) -> int:
    """Days from the end of the one to the start of the other; 0 where they overlap. Both must have a time."""
    return max(0, (first(b) - last(a)).days, (first(a) - last(b)).days)


def dated(entry: Entry) -> bool:
    """Whether it has a first or a last day."""
    return entry.earliest is not None or entry.latest is not None


def first(entry: Entry) -> date:
    """The first day, or where that is open the last; the entry must have a time."""
    return entry.earliest or entry.latest or date.min


def last(entry: Entry) -> date:
    """The last day, or where that is open the first; the entry must have a time."""
    return entry.latest or entry.earliest or date.max


def of_a_day(entry: Entry) -> bool:
    """Whether its time is short enough to be that of one event."""
    return dated(entry) and (last(entry) - first(entry)).days < EVENT_DAYS


def finer(entry: Entry) -> bool:
    """Whether its place is finer than a state: a town, a region, a front."""
    return entry.place is not None and entry.precision not in _WIDE


def one_beginning(a: Entry, b: Entry) -> bool:
    """Whether two counts may go on since one day: "since 2011" and "since March 2011", not "since 1980"."""
    if a.begun is None or b.begun is None:
        return True
    slack = max(_PRECISION.get(len((entry.edtf or "").partition("/")[0]), SLACK) for entry in (a, b))
    return abs((a.begun - b.begun).days) <= slack


def compatible(a: Entry, b: Entry) -> bool:
    """Whether nothing in their times keeps two claims of one article apart."""
    return not (dated(a) and dated(b)) or overlap(a, b)


def distance_of_page(entry: Entry) -> int | None:
    """Days from the end of the time spoken of to the writing of the article, or None where one is unknown.

    An article without a date was not written before the latest day that it speaks of.
    """
    written = entry.published or entry.not_before
    return None if written is None or not dated(entry) else max(0, (written - last(entry)).days)
