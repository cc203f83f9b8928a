"""Times of claims: order, overlap, nights that share a day, and beginnings of wars."""

from __future__ import annotations

from datetime import date

import pytest

from kg.relation_model import Entry
from kg.relations import times
from tests.unit.relations.made import make_entry


def at(first: str | None, last: str | None = None, **changes: object) -> Entry:
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else start
    return make_entry(earliest=start, latest=end, edtf=first, **changes)


DAY, NEXT, MONTH = at("2031-03-03"), at("2031-03-04"), at("2031-03-01", "2031-03-31")


def test_order_and_distance() -> None:
    assert times.before(DAY, NEXT) and not times.before(NEXT, DAY)
    assert not times.before(DAY, MONTH) and times.overlap(DAY, MONTH)
    assert (times.gap(DAY, NEXT), times.gap(DAY, MONTH), times.gap(at("2031-04-10"), MONTH)) == (1, 0, 10)
    assert not times.overlap(DAY, at(None)) and times.compatible(DAY, at(None))


def test_two_nights_that_share_a_day_are_two() -> None:
    one, other = at("2031-03-03", "2031-03-04"), at("2031-03-04", "2031-03-05")
    assert times.overlap(one, other) and not times.nested(one, other)
    assert times.nested(one, NEXT) and times.nested(NEXT, one) and not times.nested(at(None), one)


def test_the_day_of_an_event() -> None:
    assert times.of_a_day(DAY) and times.of_a_day(at("2031-03-03", "2031-03-05"))
    assert not times.of_a_day(MONTH) and not times.of_a_day(at(None))


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (("2031-03-01", "2031-03-01/2031-05-01"), ("2031-03-10", "2031-03-10/2031-05-01"), True),
        (("2031-01-01", "2031/2031-05-01"), ("2031-04-10", "2031-04-10/2031-05-01"), True),
        (("2031-03-01", "2031-03/2031-05-01"), ("2031-03-24", "2031-03-24/2031-05-01"), True),
        (("2031-03-01", "2031-03-01/2031-05-01"), ("2031-04-10", "2031-04-10/2031-05-01"), False),
        (("1980-01-01", "1980/1988-08-09"), ("2011-01-01", "2011/2016-08-01"), False),
    ],
)
def test_two_counts_go_on_since_one_day(one: tuple[str, str], other: tuple[str, str], fits: bool) -> None:
    a, b = (make_entry(begun=date.fromisoformat(begun), edtf=edtf) for begun, edtf in (one, other))
    assert times.one_beginning(a, b) is times.one_beginning(b, a) is fits
    assert times.one_beginning(a, make_entry())


def test_how_late_a_page_was_written() -> None:
    assert times.distance_of_page(at("2031-03-03", published=date(2031, 3, 10))) == 7
    assert times.distance_of_page(at("2031-03-03", published=None, not_before=date(2031, 3, 5))) == 2
    assert times.distance_of_page(at("2031-03-03", published=None)) is None
    assert times.distance_of_page(at(None)) is None
