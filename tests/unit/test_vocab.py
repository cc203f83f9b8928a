"""The vocabulary is closed: what the ontology does not declare raises, with a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import vocab
from kg.errors import LexiconError
from kg.paths import ontology_dir
from kg.vocab import NS, OA, PREFIXES, T, Terms, code, codes, terms


def test_a_term_is_the_iri_that_the_ontology_declares() -> None:
    assert str(T.CasualtyClaim) == PREFIXES["kg"] + "CasualtyClaim"
    assert T["from"] != T.to
    assert "CasualtyClaim" in T and "casualty-kind-killed" in T


@pytest.mark.parametrize("name", ["CasultyClaim", "casualtyclaim", "", "http", "shape-link"])
def test_an_unknown_term_raises(name: str) -> None:
    with pytest.raises(LexiconError, match=f"no term kg:{name}"):
        T[name]


def test_an_unknown_term_is_an_attribute_error_too() -> None:
    assert not hasattr(T, "CasultyClaim")
    with pytest.raises(AttributeError, match="did you mean kg:CasualtyClaim"):
        T.CasultyClaim  # noqa: B018


def test_terms_are_checked_where_they_are_asked_for() -> None:
    assert terms("State", "Person") == (T.State, T.Person)
    with pytest.raises(LexiconError):
        terms("State", "Persn")


def test_terms_of_others_are_closed_too() -> None:
    assert str(OA.hasSelector) == PREFIXES["oa"] + "hasSelector"
    with pytest.raises(LexiconError):
        OA.hasSelektor  # noqa: B018
    with pytest.raises(LexiconError, match="declares no prefix 'nope'"):
        Terms("nope")["x"]


def test_codes_are_found_by_notation() -> None:
    assert code("casualty-kind", "killed") == T["casualty-kind-killed"]
    assert list(codes("basis")) == ["inferred", "stated"]


def test_unknown_codes_and_schemes_raise_and_say_what_there_is() -> None:
    with pytest.raises(LexiconError, match=r"unknown code 'kiled' in casualty-kind; it has .*killed"):
        code("casualty-kind", "kiled")
    with pytest.raises(LexiconError, match=r"unknown code scheme 'casualty'; there are .*casualty-kind"):
        codes("casualty")


def test_data_names_are_open() -> None:
    assert str(NS["claim_12ab"]) == PREFIXES["kg"] + "claim_12ab"


def test_prefixes_come_from_the_header_with_our_own_first() -> None:
    assert next(iter(PREFIXES)) == "kg"
    assert list(PREFIXES)[1:] == sorted(list(PREFIXES)[1:])
    wanted = "kg prov oa skos schema dcterms sem time void dcat xsd rdf rdfs owl sh foaf org"
    assert set(wanted.split()) <= set(PREFIXES)


def test_the_version_is_the_one_in_the_version_iri() -> None:
    assert f"{PREFIXES['kg']}{vocab.version()}" in {o for _, p, o in vocab.definitions() if p.endswith("versionIRI")}


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix kg: <urn:x> .\nkg:a kg:b\n", encoding="utf-8")
    monkeypatch.setattr(vocab, "definition_files", lambda: (bad,))
    vocab.definitions.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"bad\.ttl:\d+: .*correct the Turtle"):
            vocab.definitions()
    finally:
        vocab.definitions.cache_clear()


def test_definitions_and_shapes_are_files_of_the_ontology() -> None:
    header = ontology_dir() / "kg.ttl"
    assert vocab.definition_files()[0] == vocab.shape_files()[0] == header
    assert {path.parent.name for path in vocab.shape_files()[1:]} == {"shapes"}
