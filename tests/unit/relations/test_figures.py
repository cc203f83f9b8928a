"""Mentions → figures: one number of one origin, within and across articles."""

from __future__ import annotations

from datetime import date

import pytest

from kg.relation_model import Entry
from kg.relations import relate
from tests.unit.relations.made import ARMY, CHAD, MINISTRY, SOMEBODY, UNITED_NATIONS, make_entry


def second(**changes: object) -> Entry:
    """Another mention, in the next sentence."""
    return make_entry("claim_2", start=300, **changes)


def elsewhere(**changes: object) -> Entry:
    """A mention in another article."""
    return make_entry("claim_2", article="b", file_name="b.md", **changes)


@pytest.mark.parametrize(
    "other",
    [
        second(),
        second(voices=()),
        second(voices=(UNITED_NATIONS,), loose=True),
        second(earliest=None, latest=None, edtf=None),
        second(voices=(ARMY, UNITED_NATIONS)),
        second(place="place:chad", precision="country"),
        second(earliest=date(2031, 3, 1), latest=date(2031, 3, 31), edtf="2031-03"),
    ],
)
def test_what_an_article_gives_again(other: Entry) -> None:
    (figure,) = relate([[make_entry(), other]]).figures
    assert figure.lead.name == "claim_1" and len(figure.entries) == 2


@pytest.mark.parametrize(
    "other",
    [
        second(voices=(UNITED_NATIONS,)),
        second(voices=(SOMEBODY,)),
        second(number=401),
        second(high=None),
        second(kinds=("wounded",)),
        second(negated=True),
        second(fate="repatriated"),
        second(accumulation="increment"),
        second(allegiance="state:chad"),
        second(earliest=date(2031, 3, 4), latest=date(2031, 3, 4)),
        make_entry("claim_2", start=100, number_at=120),
    ],
)
def test_what_it_does_not(other: Entry) -> None:
    assert len(relate([[make_entry(), other]]).figures) == 2


def test_two_towns_are_two_figures() -> None:
    pair = [make_entry(place="place:faya-chad"), second(place="place:abeche-chad")]
    assert len(relate([pair]).figures) == 2


def test_what_fits_two_origins_joins_none() -> None:
    unsourced = make_entry("claim_3", start=500, voices=())
    assert len(relate([[make_entry(), second(voices=(UNITED_NATIONS,)), unsourced]]).figures) == 3


def test_the_lead_has_the_fullest_attribution() -> None:
    title = make_entry("claim_0", start=0, title=True)
    plain, relayed = make_entry(), second(relays=("media-outlet:reuters",))
    (figure,) = relate([[title, plain, relayed]]).figures
    assert figure.lead == relayed and [e.name for e in figure.entries] == ["claim_0", "claim_1", "claim_2"]


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 1),
        ({"voices": (MINISTRY,)}, 2),
        ({"voices": (CHAD,)}, 2),
        ({"voices": (SOMEBODY,)}, 2),
        ({"voices": ()}, 2),
        ({"countries": frozenset(("state:mali",))}, 2),
        ({"countries": frozenset()}, 1),
        ({"earliest": date(2031, 3, 4), "latest": date(2031, 3, 4)}, 2),
        ({"earliest": None, "latest": None}, 2),
    ],
)
def test_across_articles(changes: dict, count: int) -> None:
    assert len(relate([[make_entry()], [elsewhere(**changes)]]).figures) == count


def test_unnamed_sources_are_one_only_through_one_named_go_between() -> None:
    def anonymous(name: str, article: str, *relays: str) -> Entry:
        return make_entry(name, article=article, voices=(SOMEBODY,), relays=relays)

    assert len(relate([[anonymous("claim_1", "a")], [anonymous("claim_2", "b")]]).figures) == 2
    wire = "media-outlet:reuters"
    assert len(relate([[anonymous("claim_1", "a", wire)], [anonymous("claim_2", "b", wire)]]).figures) == 1
    other = "media-outlet:afp"
    assert len(relate([[anonymous("claim_1", "a", wire)], [anonymous("claim_2", "b", other)]]).figures) == 2
