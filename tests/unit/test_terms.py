"""Terms as text: spelt as the RDF library spells its own, whatever they hold."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import URIRef
from rdflib.namespace import XSD

from kg import rdf, terms
from kg.vocab import T

SURROGATES = range(0xD800, 0xE000)


def typed(value: str, datatype: URIRef) -> str:
    return str(Literal(value, datatype=NamedNode(str(datatype))))


def test_every_character_is_escaped_as_the_library_escapes_it() -> None:
    letters = [chr(number) for number in range(sys.maxunicode + 1) if number not in SURROGATES]
    assert [c for c in letters if terms.string(c).decode() != str(Literal(c))] == []
    whole = "".join(letters)
    assert terms.string(whole).decode() == str(Literal(whole))


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\r\t\x00\x7f\x85\u2028\ufeff\uffff')))
def test_strings_of_any_kind_are_spelt_as_the_library_spells_them(value: str) -> None:
    assert terms.string(value).decode() == str(Literal(value))
    assert terms.english(value).decode() == str(Literal(value, language="en"))
    assert terms.address(value).decode() == typed(value, XSD.anyURI)


@pytest.mark.parametrize("number", [SURROGATES[0], SURROGATES[-1]])
def test_half_a_surrogate_pair_is_refused(number: int) -> None:
    for make in (terms.string, terms.english, terms.address):
        with pytest.raises(ValueError, match="surrogates"):
            make(f"a{chr(number)}b")


@given(st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.dates())
def test_values_are_spelt_as_the_library_spells_them(number: int, yes: bool, share: float, day: date) -> None:
    assert terms.integer(number).decode() == typed(str(number), XSD.integer)
    assert terms.boolean(yes).decode() == str(Literal(yes))
    assert terms.day(day).decode() == typed(day.isoformat(), XSD.date)
    assert float(terms.decimal(share).split(b'"')[1]) == share


def test_nodes_are_those_of_the_library() -> None:
    for ours, theirs in (
        (terms.iri(T.low), rdf.iri(T.low)),
        (terms.node("claim_1"), rdf.node("claim_1")),
        (terms.TYPE, rdf.TYPE),
    ):
        assert ours.decode() == str(theirs)
    assert terms.bare(terms.node("x")) == rdf.node("x").value
    assert terms.is_node(terms.TYPE) and not terms.is_node(terms.string("<x>"))


@pytest.mark.parametrize("address", ["", "no scheme", "http://a b", "http://a/<b>", "http://a/\n", 'http://a/"'])
def test_what_is_no_iri_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        terms.absolute(address)


@given(
    st.sampled_from(["", "http://", "https://", "http:/", "http://a/", "https://a.b/c#"]),
    st.text(st.sampled_from("aZ09._~-/#:@?%[]() é\n\\"), max_size=8),
)
def test_an_iri_is_taken_or_refused_as_the_library_does(start: str, rest: str) -> None:
    try:
        spelt = str(NamedNode(start + rest))
    except ValueError as error:
        with pytest.raises(ValueError, match=re.escape(str(error))):
            terms.absolute(start + rest)
    else:
        assert terms.absolute(start + rest).decode() == spelt


def test_more_iris_than_are_kept_are_spelt_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_FULL", 2)
    names = [f"http://example.org/{number}" for number in range(5)] * 2
    assert [terms.absolute(name).decode() for name in names] == [f"<{name}>" for name in names]
