"""Running totals of one group in the order of time: what supersedes, what conflicts, what is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kg.relation_model import Entry, Relation
from kg.relations import relate
from tests.unit.relations.made import ARMY, CHAD, MINISTRY, UNITED_NATIONS, make_entry

DAY = date(2031, 3, 3)


def later(days: int, number: int = 900, **changes: object) -> Entry:
    """What the same army says some days later, in another article."""
    return make_entry("claim_2", number, day=DAY + timedelta(days=days), article="b", file_name="b.md", **changes)


def found(*entries: Entry) -> list[str]:
    return [relation.type for relation in relations(*entries)]


def relations(*entries: Entry) -> tuple[Relation, ...]:
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry.article, []).append(entry)
    return relate(list(pages.values())).relations


BEGUN = {"begun": date(2031, 1, 1), "accumulation": "cumulative"}


@pytest.mark.parametrize(
    ("first", "second", "types"),
    [
        (make_entry(), later(30), ["supersedes"]),
        (make_entry(), later(1000), ["supersedes"]),
        (make_entry(), later(1200), []),
        (make_entry(**BEGUN), later(1200, **BEGUN), ["supersedes"]),
        (make_entry(**BEGUN), later(30, **{**BEGUN, "begun": date(2011, 1, 1)}), []),
        (make_entry(), later(30, 300), []),
        (make_entry(accumulation="cumulative"), later(30, 300, accumulation="cumulative"), ["supersedes"]),
        (make_entry(accumulation="cumulative"), later(30, 150, accumulation="cumulative"), []),
        (make_entry(), later(30, 400 * 31), []),
        (make_entry(), later(1, 400), ["same-origin-agreement"]),
        (make_entry(), later(0, 500), ["same-origin-conflict"]),
        (make_entry(), later(0, 440), ["same-origin-near"]),
        (make_entry(), later(0, 4000), []),
        (make_entry(), later(30, kinds=("wounded",)), []),
        (make_entry(), later(30, accumulation="increment"), []),
        (make_entry(), later(30, countries=frozenset(("state:mali",))), []),
        (make_entry(), later(30, restriction="in the north"), []),
        (make_entry(), later(3, voices=(UNITED_NATIONS,)), ["cross-origin-conflict"]),
        (make_entry(), later(3, 400, voices=(MINISTRY,)), ["cross-origin-agreement"]),
        (make_entry(), later(3, voices=(CHAD,)), []),
        (make_entry(), later(20, voices=(UNITED_NATIONS,)), []),
        (make_entry(), later(20, 200, voices=(UNITED_NATIONS,)), ["cross-origin-conflict"]),
        (make_entry(), later(40, 200, voices=(UNITED_NATIONS,)), []),
        (make_entry(), later(3, voices=()), []),
    ],
)
def test_two_totals(first: Entry, second: Entry, types: list[str]) -> None:
    assert found(first, second) == types


def test_numbers_of_one_origin_that_fall_are_daily_counts() -> None:
    third = make_entry("claim_3", 600, day=DAY + timedelta(days=9), article="c", file_name="c.md")
    assert found(make_entry(), later(5, 250), third) == []


def test_totals_of_people_without_a_side_reach_a_month() -> None:
    people = {"allegiance": None, "role": None, "group": "people", "accumulation": "cumulative"}
    assert found(make_entry(**people), later(20, **people)) == ["supersedes"]
    assert found(make_entry(**people), later(40, **people)) == []


def test_a_town_reaches_a_week() -> None:
    town = {"place": "place:faya-chad", "accumulation": "cumulative"}
    assert found(make_entry(**town), later(5, **town)) == ["supersedes"]
    assert found(make_entry(**town), later(9, **town)) == []
    assert found(make_entry(**town), later(5, accumulation="cumulative")) == []


def test_what_a_supersession_says() -> None:
    (relation,) = relations(make_entry(), later(30))
    assert (relation.source, relation.targets, relation.difference, relation.ratio) == (
        "claim_2",
        ("claim_1",),
        500,
        2.25,
    )
    assert relation.basis == "inferred" and "that they are running totals is inferred" in relation.explanation
    (stated,) = relations(make_entry(accumulation="cumulative"), later(30, accumulation="cumulative"))
    assert stated.basis == "stated"


def test_which_article_stands_nearer_in_time() -> None:
    (relation,) = relations(make_entry(), later(0, 500, published=DAY + timedelta(days=90)))
    assert relation.nearer == "claim_1" and ARMY.name in relation.explanation
