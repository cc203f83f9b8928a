"""Masking keeps every offset; blocks part headline, byline, caption and footer from the body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest import article_from_text
from kg.model import Document
from kg.text import TITLE_LENGTH, make_document, mask
from tests.factory import make_article

MARKUP = "[]()*_#>`|\\<>&;!“”‘’\"'-–—•\n\r\t .:,aZ1@\u00a0\ufeff\u2028/httpsw"


def document(text: str) -> Document:
    return make_document(article_from_text(text))


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in document(text).blocks]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("He [said](#) so", "He  said     so"),
        ("![A map](map.png) Nine died", "                  Nine died"),
        ("## Losses", "   Losses"),
        ("> Nine died", "  Nine died"),
        ("- Nine died", "  Nine died"),
        ("*Nine* **men** died", " Nine    men   died"),
        ("`Nine` died", " Nine  died"),
        (r"V\_Z", "V _Z"),
        (r"5 \* 3", "5  * 3"),
        ("<b>Nine</b> died", "   Nine     died"),
        ("A &amp; B", "A       B"),
        ("see https://a.example/x?y=1 now", "see                         now"),
        ("“Nine” ‘men’", "\"Nine\" 'men'"),
        ("nine\u00a0men", "nine men"),
        ("nine\u2011men", "nine-men"),
    ],
)
def test_markup_becomes_blanks_and_quotes_become_plain(text, masked):
    assert mask(text, 0) == masked


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 men and 7 < 9",
        "snake_case and a_b_c",
        "50% of those (12) died [sic]",
        "AT&T has 12 staff",
        "a - b",
    ],
)
def test_what_only_looks_like_markup_keeps_its_words(text):
    kept = {word for word in text.split() if word.isalnum()}
    assert kept <= set(mask(text, 0).split())


@given(st.text(st.sampled_from(MARKUP), max_size=200))
def test_masking_never_changes_the_length_or_puts_in_words(text):
    masked = mask(text, 0)
    assert len(masked) == len(text)
    changed = [(a, b) for a, b in zip(text, masked, strict=True) if a != b and b.isalnum()]
    assert changed == []


@given(st.text(st.sampled_from(MARKUP), max_size=300))
def test_blocks_are_in_order_apart_and_hold_every_visible_word(text):
    found = make_document(make_article(text=text))
    ends = 0
    for block in found.blocks:
        assert ends <= block.start < block.end <= len(text)
        assert found.masked[block.start : block.end].strip()
        ends = block.end
    inside = {i for block in found.blocks for i in range(block.start, block.end)}
    assert [i for i, char in enumerate(found.masked) if char.isalnum() and i not in inside] == []


def test_evidence_has_the_articles_own_words_not_the_masked_ones():
    found = document("He said “[nine](#)” died")
    assert found.evidence(8, 18).words == "“[nine](#)"


def test_front_matter_is_blank_and_its_title_is_a_block_of_its_own():
    text = "---\ntitle: Nine Dead in Gao\npublished: 2024-05-05\n---\nA bomb killed nine people.\n"
    found = document(text)
    assert [(b.kind, found.masked[b.start : b.end]) for b in found.blocks] == [
        ("title", "Nine Dead in Gao"),
        ("paragraph", "A bomb killed nine people."),
    ]
    assert "published" not in found.masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nine Dead in Gao\n\nBy Ann Example\n\nA bomb killed nine people.",
            [("title", "Nine Dead in Gao"), ("byline", "By Ann Example"), ("paragraph", "A bomb killed nine people.")],
        ),
        (
            "Nine Dead in Gao\n5 May 2024\nA bomb killed nine people.",
            [("title", "Nine Dead in Gao"), ("dateline", "5 May 2024"), ("paragraph", "A bomb killed nine people.")],
        ),
        (
            "Nine Dead\n\nA bomb went off.\n\nWhat we know\n\nNine died.",
            [("title", "Nine Dead"), ("paragraph", "A bomb went off."), ("heading", "What we know"),
             ("paragraph", "Nine died.")],
        ),
        (
            "A bomb went off.\n\nRead more: our coverage of the war",
            [("paragraph", "A bomb went off."), ("footer", "Read more: our coverage of the war")],
        ),
        (
            "Gao, May 5 (Example News) -- A bomb killed nine people at the market.",
            [("dateline", "Gao, May 5 (Example News) --"), ("paragraph", "A bomb killed nine people at the market.")],
        ),
        ("A bomb went off. Nine died.", [("paragraph", "A bomb went off. Nine died.")]),
    ],
)  # fmt: skip
def test_lines_are_typed(text, expected):
    assert blocks(text) == expected


@pytest.mark.parametrize(
    "caption",
    [
        "Soldiers on the road to Gao (Photo: Ann Example).",
        "Soldiers on the road to Gao. Photo: Ann Example",
        "Soldiers on the road to Gao. @ann_example",
    ],
)
def test_a_picture_credit_makes_a_caption(caption):
    assert blocks(f"Nine Dead in Gao\n\n{caption}\n\nA bomb killed nine people.")[1] == ("caption", caption)


@pytest.mark.parametrize(
    "line",
    [
        "Nine people were killed, a doctor told Reuters.",
        "The army released a photo of nine dead soldiers.",
        "A picture of nine graves was shown on state television.",
        "The ministry took credit for the attack that killed nine.",
    ],
)
def test_a_sentence_about_a_picture_or_an_agency_is_no_caption(line):
    assert blocks(f"Nine Dead in Gao\n\nA bomb killed nine people.\n\n{line}")[2] == ("paragraph", line)


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "![](a.png)", "***"])
def test_a_text_without_words_has_no_blocks(text):
    assert make_document(make_article(text=text)).blocks == ()


def test_a_headline_never_fuses_with_the_line_below_it():
    assert [kind for kind, _ in blocks("Rebels Retreat\nThe army said nine rebels were killed in the hills.")] == [
        "title",
        "paragraph",
    ]


def test_hard_wrapped_lines_are_one_block():
    text = (
        "The army said on Friday that nine rebels had been killed in the hills\n"
        "north of the town, and that twelve of its own men were wounded when a\n"
        "mine went off below their truck on the way back to the camp.\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]


def test_an_overlong_first_line_is_no_title():
    assert blocks("word " * (TITLE_LENGTH // 5 + 1))[0][0] == "paragraph"


def test_lines_end_alike_on_every_system():
    unix, windows = "Nine Dead\n\nA bomb went off.\n", "Nine Dead\r\n\r\nA bomb went off.\r\n"
    assert blocks(windows) == blocks(unix)
