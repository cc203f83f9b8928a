"""Names are pure functions of evidence: equal inputs, and only those, have equal names."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iri
from tests.factory import (
    make_amount,
    make_claim,
    make_deployment,
    make_evidence,
    make_extraction,
    make_link,
    make_population,
    make_statement,
    make_time,
)

LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda parts: st.lists(parts, max_size=3), max_leaves=5
)


@given(TEXTS, TEXTS)
def test_articles_and_actors_share_a_name_only_when_they_share_an_id(one: str, other: str) -> None:
    for name in (iri.article_iri, iri.graph_iri, iri.actor_iri, iri.place_iri):
        assert (name(one) == name(other)) == (one == other)
        assert LOCAL.fullmatch(name(one))


@given(st.tuples(TEXTS, TEXTS, st.lists(PARTS, max_size=3)), st.tuples(TEXTS, TEXTS, st.lists(PARTS, max_size=3)))
def test_parts_never_run_into_each_other(one: tuple[str, str, list], other: tuple[str, str, list]) -> None:
    def name(parts: tuple[str, str, list]) -> str:
        return iri.claim_iri(parts[0], parts[1], 1, 2, *parts[2])

    assert (name(one) == name(other)) == (repr(one) == repr(other))
    assert LOCAL.fullmatch(name(one))


def test_shifting_a_boundary_between_parts_changes_the_name() -> None:
    assert iri.claim_iri("a", "bc", 1, 23) != iri.claim_iri("ab", "c", 12, 3)
    assert iri.evidence_iri("a1", 1, 23) != iri.evidence_iri("a", 11, 23)


def test_a_slug_is_readable_and_may_be_empty() -> None:
    assert iri.slug("Côte d’Ivoire, 2nd Army") == "cote_d_ivoire_2nd_army"
    assert iri.actor_iri("person:金") == iri.actor_iri("person:金")
    assert iri.actor_iri("person:金") != iri.actor_iri("person:銀")


def test_a_long_name_keeps_its_identity() -> None:
    assert iri.actor_iri("person:" + "x" * 500 + "1") != iri.actor_iri("person:" + "x" * 500 + "2")
    assert len(iri.actor_iri("person:" + "x" * 500)) < 80


def test_every_claim_of_an_article_has_a_name_of_its_own() -> None:
    names = [iri.claim_name(claim) for claim in make_extraction().claims]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "changes",
    [
        {"article": "a2"},
        {"evidence": make_evidence("40 Northland soldiers were killed")},
        {"kinds": ("wounded",)},
        {"fate": "cremated"},
        {"amount": make_amount("40", 40, 40)},
        {"amount": None, "quality": make_evidence("About")},
    ],
)
def test_what_tells_casualty_claims_apart_changes_the_name(changes: dict) -> None:
    assert iri.claim_name(make_claim(**changes)) != iri.claim_name(make_claim())


def test_what_is_said_about_a_claim_leaves_its_name_alone() -> None:
    changed = make_claim(chain=(), as_of=None, place=None, rule="other", negated=True)
    assert iri.claim_name(changed) == iri.claim_name(make_claim())


def test_status_and_stance_tell_claims_apart() -> None:
    assert iri.claim_name(make_deployment(status="arrived")) != iri.claim_name(make_deployment())
    assert iri.claim_name(make_statement(stance="praises")) != iri.claim_name(make_statement())


def test_links_times_and_populations_depend_on_what_they_hold() -> None:
    link, time, population = make_link(), make_time(), make_population()
    assert iri.link_iri("claim_1", link) != iri.link_iri("claim_2", link)
    assert iri.link_iri("claim_1", link) != iri.link_iri("claim_1", replace(link, order=7))
    assert iri.time_iri("a1", time) != iri.time_iri("a1", replace(time, basis="inferred"))
    assert iri.population_iri("a1", population) != iri.population_iri("a1", replace(population, role="civilian"))
    assert iri.population_iri("a1", population) != iri.population_iri("a1", replace(population, allegiance=None))
