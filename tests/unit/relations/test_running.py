"""Running totals: what the text says, what may be inferred, and what must not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kg.relations.running import running
from kg.relations.views import of_a_war
from tests.unit.relations.made import make_entry, make_figure

DAY = date(2031, 3, 3)
MONTH = {"earliest": date(2031, 3, 1), "latest": date(2031, 3, 31), "edtf": "2031-03"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "inferred"),
        ({"accumulation": "cumulative"}, "stated"),
        ({"accumulation": "increment"}, "no"),
        ({"negated": True}, "no"),
        ({"fate": "repatriated"}, "no"),
        ({"type": "deployment"}, "no"),
        ({"low": 99, "high": 99}, "no"),
        ({"low": 99, "high": 99, "accumulation": "cumulative"}, "stated"),
        ({"allegiance": None}, "no"),
        ({"allegiance": "armed-group:houthis"}, "no"),
        ({"place": "place:faya-chad"}, "no"),
        ({"place": "place:chad", "precision": "country"}, "inferred"),
        ({"said_on": (DAY + timedelta(days=1), DAY + timedelta(days=1))}, "no"),
        ({"said_on": None}, "no"),
        ({**MONTH, "said_on": (date(2031, 3, 1), date(2031, 3, 31))}, "inferred"),
        ({**MONTH, "said_on": None}, "no"),
        ({**MONTH, "said_on": None, "accumulation": "cumulative"}, "no"),
        ({"words": "400 Libyan soldiers were killed", "text": "400 Libyan soldiers were killed."}, "no"),
        ({"words": "400 deaths", "text": "It admitted 400 deaths."}, "inferred"),
        ({"words": "killed 400", "text": "It said it had killed 400.", "number_at": 107}, "no"),
        ({"text": "400 Libyan soldiers have been killed in two ambushes."}, "no"),
        ({"words": "400 killed", "text": "400 killed.", "modality": "estimated"}, "inferred"),
    ],
)
def test_a_count(changes: dict, found: str) -> None:
    entry = make_entry(**changes)
    assert running([entry], entry) == found


def test_parts_and_earlier_tolls_never_are() -> None:
    entry = make_entry(accumulation="cumulative")
    assert running([entry], entry, frozenset((entry.name,))) == "no"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, True),
        ({"allegiance": None, "role": None, "group": "people", "low": 85, "high": 85}, False),
        ({"allegiance": None, "role": None, "group": "people", "low": 850, "high": 850}, True),
        ({"allegiance": None, "low": 8, "high": 8, "begun": date(2031, 1, 1)}, True),
        ({"earliest": date(2031, 3, 2), "latest": date(2031, 3, 2)}, False),
    ],
)
def test_the_toll_of_an_event_is_no_total_of_a_war(changes: dict, found: bool) -> None:
    assert of_a_war(make_figure(make_entry(accumulation="cumulative", **changes))) is found
