"""Patterns that are tried where they can begin find what they find when they are tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions import amounts, clock, written_dates
from kg.mentions.guards import lowered
from kg.mentions.starts import DIGIT, Starts, matches, starts

WORDS = (
    "Monday", "TUES.", "May", "may", "Sept.", "the", "The", "early", "mid-2020", "12", "22nd", "2020", "1990s", "3:30",
    "p.m.", "1400", "GMT", "half", "a", "dozen", "no", "nobody", "north", "at least", "~", "≈", "some", "twenty-five",
    "million", "£5", "A320", "of", "to", "-", ",", "covid19", "٣٤",
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
    begun = [at for at, _ in starts(text, written_dates._kinds())]
    assert [m.span() for m in matches(pattern, text, begun)] == [m.span() for m in pattern.finditer(text)]


@given(texts)
def test_amounts(text):
    low = lowered(text)
    whole, start = amounts._patterns()["amount"], amounts._patterns()["start"]
    everywhere = [at for at in range(len(low)) if start.match(low, at) and whole.match(low, at)]
    assert set(everywhere) <= set(amounts._starts().of(low))


def test_words_marks_and_digits():
    assert Starts(("up to", "~")).of("ten, UP to ~20, ³²") == [5, 11, 12]
    assert starts("The 3rd", {"the": 8}) == [(0, 8), (4, DIGIT)]
    assert [m[0] for m in matches(re.compile("aa"), "aaaa", (0, 1, 2))] == ["aa", "aa"]
