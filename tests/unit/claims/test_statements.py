"""Every text of tests/cases/statements.tsv takes exactly the stances of its row.

A stance is `stance topic: whose: to what`, several parted by `;`; nobody's words leave the second
part empty; `none` where the text takes no stance.
"""

from __future__ import annotations

import pytest

import kg
from kg.model import StatementClaim
from kg.records import named
from tests.tables import CASES, PUBLISHED, parameters, text_of

COLUMNS = ("text", "expected", "note", "todo")
TABLE = CASES / "statements.tsv"


def written(claim: StatementClaim) -> str:
    """A stance in the notation of the table."""
    whose = " + ".join(actor.evidence.words if actor.evidence else named(actor) for actor in claim.actors)
    return f"{claim.stance} {claim.topic}: {whose}: {claim.proposition.words if claim.proposition else ''}"


@pytest.mark.parametrize("row", parameters([TABLE], COLUMNS))
def test_a_text_takes_the_stances_of_its_row(row):
    claims = kg.extract(text_of(row), published=PUBLISHED)
    expected = [] if row["expected"] == "none" else [part.strip() for part in row["expected"].split(";")]
    assert [written(claim) for claim in claims if isinstance(claim, StatementClaim)] == expected


def test_an_outlet_that_reports_a_stance_relays_it():
    (claim,) = kg.extract("Al Jazeera reported that Kenya denied the deployment.", published=PUBLISHED)
    assert [(link.role, link.agent.actor.name) for link in claim.chain] == [
        ("relay", "Al Jazeera"),
        ("origin", "Kenya"),
    ]


def test_parties_to_a_treaty_are_no_source_of_it():
    (claim,) = kg.extract("France and Mali signed a defence pact.", published=PUBLISHED)
    assert [actor.actor.key for actor in claim.actors] == ["state:france", "state:mali"]
    assert claim.origins == ()
