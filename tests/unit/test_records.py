"""The flat record: which claims have one, and each field's rule."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from kg.iri import claim_name
from kg.model import ActorRef, Article, Evidence
from kg.records import FIELDS, STATUS, dropped, record, records, to_csv, to_jsonl
from tests.factory import (
    NORTHLAND,
    OFFICIAL,
    SOUTHLAND,
    TEXT,
    make_amount,
    make_article,
    make_chain,
    make_claim,
    make_deployment,
    make_drop,
    make_evidence,
    make_extraction,
    make_growth,
    make_link,
    make_population,
    make_share,
    make_statement,
)

ARTICLE = make_article()


def test_a_casualty_claim_in_full() -> None:
    claim = make_claim()
    assert record(claim, ARTICLE) == {
        "id": claim_name(claim),
        "article": "a1",
        "start": TEXT.index("About 40"),
        "end": TEXT.index("About 40") + len("About 40 Northland soldiers were killed"),
        "words": "About 40 Northland soldiers were killed",
        "kind": "casualty",
        "measure": "killed",
        "status": None,
        "low": 40,
        "high": 40,
        "vague": None,
        "approx": True,
        "group": "Northland soldiers",
        "nationality": "Northland",
        "origin": "the Southland Army",
        "via": ["Example News", "a Southland official"],
        "as_of": "2025-03-03",
        "place": "Harbour",
        "negated": False,
        "cause": "conflict",
        "rule": "test",
    }


def test_a_deployment_without_a_place_takes_its_destination() -> None:
    row = record(make_deployment(), ARTICLE)
    assert row is not None
    assert (row["kind"], row["measure"], row["status"], row["cause"]) == ("deployment", "troops", "deployed", None)
    assert (row["low"], row["high"], row["place"], row["origin"]) == (500, None, "Harbour", None)


def test_a_movement_without_a_number_has_a_record() -> None:
    row = record(make_deployment(amount=None), ARTICLE)
    assert row is not None
    assert (row["low"], row["high"], row["vague"], row["approx"]) == (None, None, None, False)


@pytest.mark.parametrize(
    "claim",
    [
        make_share(),
        make_growth(),
        make_statement(),
        make_claim(amount=None, quality=make_evidence("Losses")),
        make_deployment(counted=False),
    ],
)
def test_other_claims_have_no_record(claim: object) -> None:
    assert record(claim, ARTICLE) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "flat"), STATUS.items())
def test_every_status_has_a_flat_one(status: str, flat: str) -> None:
    row = record(make_deployment(status=status), ARTICLE)
    assert row is not None and row["status"] == flat


def test_a_vague_amount_keeps_its_word() -> None:
    row = record(make_claim(amount=make_amount(low=None, high=None, vague="dozens of")), ARTICLE)
    assert row is not None and (row["low"], row["high"], row["vague"]) == (None, None, "dozens of")


@pytest.mark.parametrize(
    ("words", "basis", "origin"),
    [
        ("he", "inferred", "a Southland official"),
        ("The Ministry", "inferred", "a Southland official"),
        ("the ministry", "stated", "the ministry"),
        ("Capital City", "inferred", "Capital City"),
        ("Theodore", "inferred", "Theodore"),
    ],
)
def test_only_a_resolved_pronoun_or_description_gives_way_to_the_name(words: str, basis: str, origin: str) -> None:
    ref = ActorRef(actor=OFFICIAL, evidence=Evidence(0, len(words), words), basis=basis)
    row = record(make_claim(chain=(make_link(agent=ref),)), ARTICLE)
    assert row is not None and row["origin"] == origin


def test_an_origin_without_words_has_its_name() -> None:
    row = record(make_claim(chain=(make_link(agent=ActorRef(actor=SOUTHLAND, evidence=None)),)), ARTICLE)
    assert row is not None and row["origin"] == "Southland"


def _co_origins(text: str, *names: str) -> tuple[Article, object]:
    links = tuple(
        make_link(agent=ActorRef(actor=actor, evidence=make_evidence(name, text)), evidence=make_evidence(name, text))
        for actor, name in zip((NORTHLAND, SOUTHLAND, OFFICIAL), names, strict=False)
    )
    return make_article(text=text), make_claim(chain=links)


def test_co_origins_of_one_list_are_the_words_of_the_list() -> None:
    article, claim = _co_origins(
        "Northland, as well as Southland and an envoy, said so.", "Northland", "Southland", "an envoy"
    )
    row = record(claim, article)  # type: ignore[arg-type]
    assert row is not None and row["origin"] == "Northland, as well as Southland and an envoy"


def test_co_origins_of_two_sentences_are_joined() -> None:
    article, claim = _co_origins("Northland said so. Southland agreed.", "Northland", "Southland")
    row = record(claim, article)  # type: ignore[arg-type]
    assert row is not None and row["origin"] == "Northland and Southland"


def test_a_go_between_that_is_itself_inferred_is_no_via() -> None:
    chain = tuple(
        replace(link, basis="inferred", agent=replace(link.agent, basis="inferred")) if link.order == 1 else link
        for link in make_chain()
    )
    row = record(make_claim(chain=chain), ARTICLE)
    assert row is not None and row["via"] == ["a Southland official"]


def test_a_go_between_that_an_earlier_sentence_names_is_a_via() -> None:
    chain = tuple(replace(link, basis="inferred") if link.order == 1 else link for link in make_chain())
    row = record(make_claim(chain=chain), ARTICLE)
    assert row is not None and row["via"] == ["Example News", "a Southland official"]


def test_no_allegiance_no_nationality() -> None:
    row = record(make_claim(population=make_population(None, allegiance=None)), ARTICLE)
    assert row is not None and (row["group"], row["nationality"]) == (None, None)


def test_records_stand_in_the_order_of_the_text() -> None:
    claims = make_extraction().claims
    rows = records(reversed(claims), ARTICLE)
    assert [row["kind"] for row in rows] == ["casualty", "deployment"]


def test_csv_has_fixed_columns_and_quotes_what_must_be_quoted() -> None:
    words = 'a "b", c\nd'
    row = record(make_claim(), ARTICLE)
    assert row is not None
    rows = list(csv.DictReader(io.StringIO(to_csv([row | {"words": words}]).decode(), newline="")))
    assert tuple(rows[0]) == FIELDS
    assert rows[0]["words"] == words
    assert (rows[0]["status"], rows[0]["approx"]) == ("", "true")
    assert rows[0]["via"] == "Example News; a Southland official"


def test_jsonl_is_one_object_a_line_for_every_reader_of_lines() -> None:
    row = record(make_claim(), ARTICLE)
    assert row is not None
    data = to_jsonl([row | {"words": "a\u2028b\x85c\nd"}, row])
    assert len(data.decode().splitlines()) == 2
    assert json.loads(data.decode().splitlines()[0])["words"] == "a\u2028b\x85c\nd"


def test_a_drop_keeps_its_reason() -> None:
    assert dropped(make_drop()) == {
        "article": "a1",
        "start": TEXT.index("12.5%"),
        "end": TEXT.index("12.5%") + 5,
        "words": "12.5%",
        "stage": "claims",
        "reason": "A share is not a count.",
    }
