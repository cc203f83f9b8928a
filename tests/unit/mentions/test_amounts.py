"""Counts as they are written, by tables of own sentences, by every lexicon row, and by round trips."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import data_file, read_table
from kg.mentions.amounts import MODIFIER_COLUMNS, VAGUE_COLUMNS, find_amounts, find_percents
from kg.mentions.not_counts import BLOCK_COLUMNS, LABEL_COLUMNS, UNIT_COLUMNS
from kg.mentions.numerals import COLUMNS as WORD_COLUMNS
from kg.mentions.numerals import number_words, read_number
from kg.model import Amount, Article, Block, Document

CASES = read_table(Path(__file__).parents[2] / "cases" / "amounts.tsv", ("text", "expected"), key=("text",))
MODIFIERS = read_table(data_file("amount_modifiers.tsv"), MODIFIER_COLUMNS, key=("words", "place"))
VAGUE = read_table(data_file("vague_amounts.tsv"), VAGUE_COLUMNS, key=("words",))
WORDS = read_table(data_file("number_words.tsv"), WORD_COLUMNS, key=("word",))
UNITS = read_table(data_file("measure_units.tsv"), UNIT_COLUMNS, key=("words", "kind"))
LABELS = read_table(data_file("number_labels.tsv"), LABEL_COLUMNS, key=("words",))
BLOCKS = read_table(data_file("amount_blocks.tsv"), BLOCK_COLUMNS, key=("words", "side"))


def document(text: str) -> Document:
    article = Article(id="t", file_name="t.txt", text=text, sha256="0" * 64)
    return Document(article, text, (Block("paragraph", 0, len(text)),))


def amounts(text: str) -> list[Amount]:
    return find_amounts(document(text), 0, len(text))


def shown(amount: Amount) -> str:
    """`words = value`, then ~ for approximate, + for more, [approximator]."""
    low, high = ("" if bound is None else str(bound) for bound in (amount.low, amount.high))
    value = amount.vague or (low if low == high else f"{low}..{high}")
    flags = " ~" * amount.approximate + " +" * amount.more
    softened = f" [{amount.approximator.words}]" if amount.approximator else ""
    return f"{amount.evidence.words} = {value}{flags}{softened}"


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["text"][:40])
def test_a_sentence_yields_exactly_its_amounts(row):
    assert ("; ".join(map(shown, amounts(row["text"]))) or "-") == row["expected"]


@pytest.mark.parametrize("row", MODIFIERS, ids=lambda row: f"{row['words']} {row['place']}")
def test_a_modifier_has_its_effect(row):
    (amount,) = amounts(row["example"])
    effect = row["effect"]
    assert row["words"] in amount.evidence.words
    assert (amount.low, amount.high) == {"low": (40, None), "high": (None, 40)}.get(effect, (40, 40))
    assert (amount.approximate, amount.more) == (effect == "about", effect == "more")
    assert (amount.approximator.words if amount.approximator else "") == ("" if effect == "more" else row["words"])


@pytest.mark.parametrize("row", VAGUE, ids=lambda row: row["words"])
def test_a_vague_amount_keeps_its_words_and_has_no_value(row):
    (amount,) = amounts(row["example"])
    assert amount.vague is not None
    assert amount.vague.removesuffix(" of") == row["words"]
    assert (amount.low, amount.high, amount.best) == (None, None, None)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row["word"])
def test_a_number_word_is_read_in_its_example(row):
    (amount,) = amounts(row["example"])
    factor = {"k": 12, "mn": 3, "bn": 3}.get(row["word"], 2 if row["kind"] in ("hundred", "scale", "collective") else 1)
    assert amount.low == factor * int(row["value"])


@pytest.mark.parametrize("row", [*UNITS, *LABELS], ids=lambda row: row["words"])
def test_a_measured_or_labelled_number_counts_nothing(row):
    assert amounts(row["example"]) == []


@pytest.mark.parametrize("row", BLOCKS, ids=lambda row: f"{row['words']} {row['side']}")
def test_the_words_beside_it_take_an_amount_or_modifier_away(row):
    found = amounts(row["example"])
    assert not [a for a in found if a.evidence.words.lower() == row["words"] or a.approximator]


def test_offsets_are_the_articles_and_words_are_unmasked():
    text = "Intro. **At least**\u00a012 men died."
    masked = "Intro.   At least   12 men died."
    (amount,) = find_amounts(replace(document(text), masked=masked), 7, len(text))
    assert amount.evidence.words == "At least**\u00a012"
    assert amount.evidence.start == text.index("At least")


def test_a_line_break_joins_and_a_blank_line_parts():
    assert [a.low for a in amounts("They lost twenty\ntwo men.")] == [22]
    assert [a.low for a in amounts("They lost twenty\n\ntwo men came.")] == [20, 2]
    assert amounts("More than\n200 died.")[0].low == 200


def test_a_masked_name_does_not_hide_a_number():
    assert [a.low for a in amounts("12\u00a0men and\u2009thirteen\u202fwomen")] == [12, 13]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36% of the force", [("36%", 36.0)]),
        ("36.5 per cent of it", [("36.5 per cent", 36.5)]),
        ("thirty-six percent and 7 pct", [("thirty-six percent", 36.0), ("7 pct", 7.0)]),
        ("between 30 and 40% of it", [("30", 30.0), ("40%", 40.0)]),
        ("a 12-percent rise", [("12-percent", 12.0)]),
        ("12 perceived threats", []),
        ("12 of 40 men", []),
    ],
)
def test_percentages(text, expected):
    assert [(e.words, value) for e, value in find_percents(document(text), 0, len(text))] == expected


ONES = [word for word, (kind, value) in number_words().items() if kind in ("unit", "teen")]
TENS = [word for word, (kind, value) in number_words().items() if kind == "tens" and word != "fourty"]


def below_hundred(n: int, dash: str) -> str:
    if n < 20:
        return ONES[n - 1]
    return TENS[n // 10 - 2] + (dash + ONES[n % 10 - 1] if n % 10 else "")


def in_words(n: int, dash: str = "-", joint: str = " and ") -> str:
    """The English words for 1 to 10^7."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            tail = (joint if rest < 100 else " ") + in_words(rest, dash, joint) if rest else ""
            return f"{in_words(n // size, dash, joint)} {name}{tail}"
    return below_hundred(n, dash)


@given(st.integers(0, 10**7), st.sampled_from(["{}", "{:,}", "{:,}|\u00a0", "{:,}|\u202f", "{:,}| "]))
def test_digits_read_back(n, form):
    pattern, _, blank = form.partition("|")
    number = pattern.format(n).replace(",", blank or ",")
    found = amounts(f"They counted about {number} villagers.")
    assert [(a.low, a.high, a.evidence.words) for a in found] == [(n, n, f"about {number}")]


@given(st.integers(1, 10**7), st.sampled_from(["-", " "]), st.sampled_from([" and ", " "]))
def test_words_read_back(n, dash, joint):
    number = in_words(n, dash, joint)
    assert read_number(number) == n
    found = amounts(f"They counted about {number} villagers.")
    assert [(a.low, a.high, a.evidence.words) for a in found] == [(n, n, f"about {number}")]


@given(st.integers(0, 10**7), st.sampled_from([0x660, 0x6F0, 0x966, 0x9E6, 0xFF10]))
def test_digits_of_other_scripts_read_back(n, zero):
    number = "".join(chr(zero + int(digit)) for digit in str(n))
    assert [a.low for a in amounts(f"about {number} people")] == [n]


@given(st.text(st.sampled_from("0123456789 ,.-–to and two dozen hundred$%()\nabcA'’:/"), max_size=60))
def test_any_text_yields_ordered_amounts_that_do_not_overlap(text):
    found = amounts(text)
    assert all(a.evidence.end <= b.evidence.start for a, b in pairwise(found))
    assert all(text[a.evidence.start : a.evidence.end] == a.evidence.words for a in found)
