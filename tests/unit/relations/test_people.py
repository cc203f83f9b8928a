"""Who was counted: one population, or two."""

from __future__ import annotations

import pytest

from kg.relations.people import may_be_same, people, same_people
from tests.unit.relations.made import make_entry


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ("state:libya", None)),
        ({"role": None, "group": None}, ("state:libya", None)),
        ({"role": None, "group": "Libyan troops"}, ("state:libya", None)),
        ({"role": "fighter"}, ("state:libya", None)),
        ({"role": None, "group": "Libyans"}, ("state:libya", "all")),
        ({"role": "police", "group": "Libyan policemen"}, ("state:libya", "police")),
        ({"role": "civilian", "group": "Libyan civilians"}, ("state:libya", "civilian")),
        ({"role": "civilian", "group": "Libyans", "countries": frozenset(("state:libya",))}, (None, "civilian")),
        ({"role": None, "group": "Libyans", "countries": frozenset(("state:libya",))}, (None, None)),
        ({"allegiance": None, "role": None, "group": "people"}, (None, None)),
        ({"allegiance": None, "role": None, "group": None}, (None, None)),
        ({"allegiance": None, "role": None, "group": "three attackers"}, (None, "attackers")),
        ({"allegiance": None, "role": "civilian"}, (None, "civilian")),
    ],
)
def test_owner_and_sort(changes: dict, found: tuple[str | None, str | None]) -> None:
    assert people(make_entry(**changes)) == found


def test_a_force_by_any_word_is_one_population() -> None:
    assert same_people(make_entry(group="North Korean troops"), make_entry(role=None, group=None))
    assert not same_people(make_entry(), make_entry(allegiance="state:chad"))


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ({}, {"role": None, "group": None}, True),
        ({}, {"allegiance": None}, True),
        ({}, {"allegiance": "state:chad"}, False),
        ({"role": None, "group": "people"}, {"role": "civilian", "group": "civilians"}, True),
        ({"role": "military"}, {"role": "civilian", "group": "civilians"}, False),
        ({"role": "military"}, {"role": "fighter", "group": "fighters"}, True),
        ({"role": None, "group": "people"}, {"role": "child", "group": "children"}, False),
    ],
)
def test_two_mentions_of_400(one: dict, other: dict, fits: bool) -> None:
    a, b = make_entry(**one), make_entry(**other)
    assert may_be_same(a, b) is may_be_same(b, a) is fits


@pytest.mark.parametrize(
    ("number", "one", "other", "fits"),
    [
        (3, "three soldiers", "the three soldiers", True),
        (3, "hostages", "drivers", False),
        (3, "hostages", None, True),
        (400, "hostages", "drivers", True),
        (1, "a woman", "a man", False),
        (1, "a man", "a man", False),
        (1, "the reporter Ana Salas", "Salas", True),
        (1, "a reporter", None, False),
    ],
)
def test_a_small_number_comes_again_only_with_fitting_words(
    number: int, one: str | None, other: str | None, fits: bool
) -> None:
    a, b = (make_entry(number=number, role=None, group=group) for group in (one, other))
    assert may_be_same(a, b) is may_be_same(b, a) is fits


def test_a_single_victim_of_the_headline_may_be_that_of_the_body() -> None:
    assert may_be_same(make_entry(number=1, group="protester", title=True), make_entry(number=1, group="a protester"))
