"""Numbers with bounds, compared as intervals: what agrees, what is near, what cannot hold together.

An exact number is a point, "about" widens it by a tenth either way, "at least" is open above. Vague
amounts ("dozens") have no bounds here and are never compared: nothing is invented for them.
"""

from __future__ import annotations

from math import inf

from kg.relation_model import Entry

ABOUT = 0.1  # "about 500" may stand for 450 to 550
NEAR = 1.2  # two numbers within a fifth of one another are near
ROOM = 3.0  # "at least 77" leaves room for 1,000, but says nothing about it

Interval = tuple[float, float]


def interval(entry: Entry) -> Interval:
    """The least and the greatest number that a claim's words allow; raises ValueError for a vague amount."""
    if not entry.counted:
        raise ValueError(f"{entry.words!r} states no bound")
    low = 0.0 if entry.low is None else float(entry.low)
    high = inf if entry.high is None else float(entry.high)
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if entry.approximate else (low, high)


def compared(a: Entry, b: Entry) -> str | None:
    """ "agreement", "near" or "conflict" of two counts; None where one is vague or leaves room for anything.

    Equal bounds agree. Bounds that overlap, and single numbers within a fifth of one another, are near: "over
    10,000" does not conflict with 11,000. All others conflict. Where only an open bound makes numbers overlap that
    differ more than threefold, nothing is said.
    """
    if not (a.counted and b.counted):
        return None
    if (a.low, a.high) == (b.low, b.high):
        return "agreement"
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    x, y = figure_number(a), figure_number(b)
    if a_low <= b_high and b_low <= a_high:
        return None if x and y and max(x, y) > ROOM * min(x, y) else "near"
    return "near" if x and y and max(x, y) <= NEAR * min(x, y) else "conflict"


def figure_number(entry: Entry) -> int | None:
    """The number to reckon with: the single value, or the one bound that is stated; None for ranges and vague."""
    if entry.best is not None:
        return entry.best
    if (entry.low is None) != (entry.high is None):
        return entry.low if entry.low is not None else entry.high
    return None


def difference(a: Entry, b: Entry) -> int | None:
    """The number of `a` less that of `b`; None where one of them has no single number."""
    x, y = figure_number(a), figure_number(b)
    return None if x is None or y is None else x - y


def ratio(a: Entry, b: Entry) -> float | None:
    """The number of `a` divided by that of `b`, to four decimals; None where there is none."""
    x, y = figure_number(a), figure_number(b)
    return None if x is None or not y else round(x / y, 4)
