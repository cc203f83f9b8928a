"""Numbers with bounds are intervals: what agrees, what is near, what cannot hold together."""

from __future__ import annotations

from math import inf

import pytest

from kg.relation_model import Entry
from kg.relations.numbers import compared, difference, figure_number, interval, ratio
from kg.relations.shares import implied
from tests.unit.relations.made import make_entry


def bounds(low: int | None, high: int | None, *, about: bool = False) -> Entry:
    return make_entry(low=low, high=high, approximate=about)


EXACT, OVER, UP_TO = bounds(1000, 1000), bounds(1000, None), bounds(None, 1000)


def test_the_interval_of_words() -> None:
    assert interval(EXACT) == (1000, 1000)
    assert interval(OVER) == (1000, inf)
    assert interval(UP_TO) == (0, 1000)
    assert interval(bounds(1000, 1000, about=True)) == pytest.approx((900, 1100))
    with pytest.raises(ValueError, match="states no bound"):
        interval(bounds(None, None))


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        (EXACT, EXACT, "agreement"),
        (OVER, OVER, "agreement"),
        (EXACT, OVER, "near"),
        (OVER, bounds(1100, 1100), "near"),
        (OVER, bounds(5000, 5000), "near"),
        (OVER, bounds(700, 700), "conflict"),
        (UP_TO, bounds(900, 900), "near"),
        (UP_TO, bounds(3000, 3000), "conflict"),
        (EXACT, bounds(1200, 1200), "near"),
        (EXACT, bounds(1201, 1201), "conflict"),
        (EXACT, bounds(850, 850), "near"),
        (bounds(1000, 1000, about=True), bounds(1050, 1050), "near"),
        (bounds(1000, 2000), bounds(1500, 1800), "near"),
        (bounds(1000, 2000), bounds(3000, 4000), "conflict"),
        (EXACT, bounds(None, None), None),
    ],
)
def test_two_numbers(a: Entry, b: Entry, outcome: str | None) -> None:
    assert compared(a, b) == compared(b, a) == outcome


def test_difference_and_ratio_need_single_numbers() -> None:
    assert (difference(EXACT, bounds(200, 200)), ratio(EXACT, bounds(200, 200))) == (800, 5.0)
    assert (figure_number(OVER), figure_number(UP_TO), figure_number(bounds(1, 2))) == (1000, 1000, None)
    assert difference(EXACT, bounds(1, 2)) is None and ratio(EXACT, bounds(0, 0)) is None


@pytest.mark.parametrize(
    ("part", "percent", "whole"),
    [(4000, 36.0, (10959, 11111, 11268)), (50, 50.0, (99, 100, 101)), (10, 0.5, (1818, 2000, 2222))],
)
def test_the_whole_that_a_rounded_percentage_implies(part: int, percent: float, whole: tuple[int, int, int]) -> None:
    assert implied(part, percent) == whole
