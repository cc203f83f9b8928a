"""Patterns that are tried where they can begin find what they find when they are tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions import amounts, clock, written_dates
from kg.mentions.guards import lowered
from kg.mentions.starts import DIGIT, Starts, matches

WORDS = (
    "Monday", "TUES.", "May", "may", "Sept.", "the", "The", "early", "mid-2020", "12", "22nd", "2020", "1990s", "3:30",
    "p.m.", "1400", "GMT", "half", "a", "dozen", "no", "nobody", "north", "at least", "~", "≈", "some", "twenty-five",
    "million", "£5", "A320", "of", "to", "-", ",", "covid19", "٣٤", "an",
    "hundred", "few", "an",
    "hundred", "few",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(texts)
def test_clock_times(text):
    found = [match.span() for match in clock.times(text)]
    assert found == [match.span() for match in clock._TIMES.finditer(text)]


@given(texts)
@pytest.mark.parametrize("name", ["_month_day", "_day_month", "_month_year", "_month", "_year"])
def test_written_dates(name, text):
    pattern = getattr(written_dates, name)()
    begun = [at for at, _ in written_dates._starts().kinds(lowered(text))]
    assert [m.span() for m in matches(pattern, text, begun)] == [m.span() for m in pattern.finditer(text)]


@given(texts)
def test_amounts(text):
    low = lowered(text)
    whole, begins = amounts._patterns()["amount"], re.compile(r"(?<!\w)(?=\S)")
    everywhere = [m.start() for m in begins.finditer(low) if whole.match(low, m.start())]
    assert set(everywhere) <= set(amounts._starts().of(low))


def test_words_marks_and_digits():
    assert Starts(("up to", "~")).of("ten, up up to ~20, ³²") == [8, 14, 15]
    assert Starts({"the": 8}).kinds("the 3rd") == [(0, 8), (4, DIGIT)]
    assert [m[0] for m in matches(re.compile("aa"), "aaaa", (0, 1, 2))] == ["aa", "aa"]
