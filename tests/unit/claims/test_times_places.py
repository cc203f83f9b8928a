"""Every text of times.tsv, places.tsv, place_phenomena.tsv and place_precision.tsv sets its counts as its row says.

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


@pytest.mark.parametrize("row", parameters([CASES / "places.tsv", CASES / "place_phenomena.tsv"], COLUMNS))
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


@pytest.mark.parametrize("row", parameters([CASES / "accumulation.tsv"], COLUMNS))
def test_each_count_adds_up_as_its_row_says(row):
    found = [claim for claim in counts(text_of(row)) if isinstance(claim, CasualtyClaim)]
    assert "; ".join(claim.accumulation for claim in found) == row["expected"]


@pytest.mark.parametrize(
    ("text", "said", "holds"),
    [
        ("Four soldiers were killed, the ministry said in a statement on Saturday.", "2024-05-04", "2024-05-04"),
        ("Officials said on Friday six people were killed in Thursday's attack.", "2024-05-03", "2024-05-02"),
        ("The governor told reporters in Gao on Friday that six people died on Monday.", "2024-05-03", "2024-04-29"),
        ("The army said Friday's attack killed six people.", None, "2024-05-03"),
        ("Six people were killed, the army said in a statement about its plans for 2025.", None, None),
    ],
)  # fmt: skip
def test_four_times_stay_apart(text, said, holds):
    (claim,) = counts(text)
    assert [link.said_on.edtf for link in claim.origins if link.said_on] == ([said] if said else [])
    assert (claim.as_of.edtf if claim.as_of else None) == holds


@pytest.mark.parametrize(
    ("published", "text", "edtf", "anchor"),
    [
        ("2024-05-05", "GAO, Mali, May 3 (XYZ) - Six people were killed today.", "2024-05-03", "2024-05-03"),
        ("2024-05-05", "Gao, 3 May 1988 (XYZ) -- Six people were killed yesterday.", "1988-05-02", "1988-05-03"),
        ("2024-05-05", "Published 7 May 2024\n\nSix people were killed on Monday.", "2024-05-06", "2024-05-07"),
        ("2024-05-05", "A Heading\n\n7 October 2023\n\nSix people were killed today.", "2024-05-05", "2024-05-05"),
        ("2024-05-05", "5 May 2024\n\nSix people were killed today.", "2024-05-05", "2024-05-05"),
    ],
)  # fmt: skip
def test_words_are_relative_to_the_day_of_the_text(published, text, edtf, anchor):
    (claim,) = [c for c in kg.extract(text, published=published) if isinstance(c, CasualtyClaim)]
    assert claim.as_of is not None
    assert (claim.as_of.edtf, str(claim.as_of.anchor)) == (edtf, anchor)


def test_a_dateline_without_a_year_and_without_a_day_of_publication_dates_nothing():
    (claim,) = kg.extract("GAO, Mali, May 3 (XYZ) - Six people were killed today.")
    assert claim.as_of is None
