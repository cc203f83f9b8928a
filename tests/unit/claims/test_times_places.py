"""Every text of tests/cases/times.tsv, places.tsv and place_precision.tsv sets its counts when and where its row says.

One value for each count, in the order of the text, parted by `;`: a date in EDTF, with `inferred`
behind it where no word of the clause or of its report gives it, or the place in the text's words.
A text whose counts are *not stated* to be at any time or place has `none`.
"""

from __future__ import annotations

import pytest

import kg
from kg.model import CasualtyClaim, Claim, DeploymentClaim
from tests.tables import CASES, PUBLISHED, parameters, text_of

COLUMNS = ("text", "expected", "note", "todo")


def counts(text: str) -> list[Claim]:
    claims = kg.extract(text, published=PUBLISHED)
    return [claim for claim in claims if isinstance(claim, CasualtyClaim | DeploymentClaim) and claim.amount]


def time_of(claim: Claim) -> str:
    if claim.as_of is None:
        return "none"
    return claim.as_of.edtf + (" inferred" if claim.as_of.basis == "inferred" else "")


def place_of(claim: Claim) -> str:
    place = claim.place or (claim.destination if isinstance(claim, DeploymentClaim) else None)
    return place.evidence.words if place else "none"


@pytest.mark.parametrize("row", parameters([CASES / "times.tsv"], COLUMNS))
def test_each_count_holds_at_the_time_of_its_row(row):
    assert "; ".join(map(time_of, counts(text_of(row)))) == row["expected"]


@pytest.mark.parametrize("row", parameters([CASES / "places.tsv"], COLUMNS))
def test_each_count_is_at_the_place_of_its_row(row):
    assert "; ".join(map(place_of, counts(text_of(row)))) == row["expected"]


@pytest.mark.parametrize("row", parameters([CASES / "place_precision.tsv"], COLUMNS))
def test_each_count_says_how_exactly_it_is_placed_and_which_place_is_meant(row):
    placed = [f"{claim.place.precision} {claim.place.key}" for claim in counts(text_of(row)) if claim.place]
    assert "; ".join(placed) == row["expected"]


def test_the_ids_of_a_known_place_are_those_of_its_row():
    (claim,) = counts("Twelve people were killed in Menaka in Mali.")
    assert claim.place is not None and claim.place.geonames == "2453514" and claim.place.country == "state:mali"


def test_the_day_of_the_saying_is_kept_apart_from_the_day_of_the_deaths():
    (claim,) = counts("On Friday the army said 12 soldiers were killed on 1 May.")
    assert claim.as_of is not None and claim.as_of.evidence is not None and claim.as_of.evidence.words == "1 May"
    said = [link.said_on.edtf for link in claim.origins if link.said_on]
    assert said == ["2024-05-03"]


def test_a_relative_date_without_a_day_of_publication_is_not_stated():
    (claim,) = kg.extract("Twelve soldiers were killed on Friday.")
    assert claim.as_of is None or claim.as_of.earliest is None


def test_an_absolute_date_needs_no_day_of_publication():
    (claim,) = kg.extract("Twelve soldiers were killed on 3 May 2024.")
    assert claim.as_of is not None and claim.as_of.edtf == "2024-05-03"
