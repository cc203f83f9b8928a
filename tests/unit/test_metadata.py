"""What an article says about itself, with the words that say so; what it does not say stays None."""

from __future__ import annotations

import pytest

from kg.ingest import article_from_text
from kg.metadata import read_metadata
from kg.model import Article, Stated
from kg.text import make_document
from kg.work import extraction

TITLE = "Nine Dead in Gao"
BODY = "A bomb killed nine people at the market on Friday."
KEYS = ("title", "author", "published", "publisher", "url")


def described(text: str, **given: str) -> Article:
    return read_metadata(make_document(article_from_text(text, **given))).article


def stated(article: Article) -> dict[str, str]:
    values = {key: getattr(article, key) for key in KEYS}
    return {key: value.value for key, value in values.items() if value is not None}


def words(article: Article) -> list[Stated]:
    values = [getattr(article, key) for key in KEYS]
    return [value for value in values if value is not None and value.evidence is not None]


def test_a_bare_text_states_nothing():
    assert stated(described(BODY)) == {}


def test_title_author_and_day_are_read_where_they_stand():
    article = described(f"{TITLE}\n\nBy Ann Example\n\n5 May 2024\n\n{BODY}")
    assert stated(article) == {"title": TITLE, "author": "Ann Example", "published": "2024-05-05"}
    assert {value.read_from for value in words(article)} == {"text"}


@pytest.mark.parametrize(
    "text",
    [
        f"# {TITLE}\n\nBy Ann Example\n\n5 May 2024\n\n{BODY}\n\nhttps://www.reuters.com/world/nine-dead",
        f"---\ntitle: {TITLE}\nauthor: Ann Example\npublished: 2024-05-05\n---\n{BODY}",
    ],
)
def test_the_words_slice_out_of_the_text(text):
    found = words(described(text))
    assert found
    assert [text[v.evidence.start : v.evidence.end] for v in found] == [v.evidence.words for v in found]


@pytest.mark.parametrize(
    ("line", "name"),
    [("By Ann Example", "Ann Example"), ("BY ANN EXAMPLE", "Ann Example"), ("Text by Ann Example", "Ann Example"),
     ("by Ann Example and Bo Sample", "Ann Example and Bo Sample")],
)  # fmt: skip
def test_bylines(line, name):
    assert described(f"{TITLE}\n\n{line}\n\n{BODY}").author.value == name


@pytest.mark.parametrize("line", ["By 9 p.m. the fire was out.", "By and large the town was calm.", "Bystanders fled"])
def test_lines_that_only_begin_like_a_byline(line):
    assert described(f"{TITLE}\n\n{line}\n\n{BODY}").author is None


@pytest.mark.parametrize(
    ("line", "day"),
    [("January 22, 2025", "2025-01-22"), ("22 January 2025", "2025-01-22"), ("Published: 2025-01-22", "2025-01-22"),
     ("Wednesday, January 22, 2025", "2025-01-22"), ("22nd January 2025", "2025-01-22")],
)  # fmt: skip
def test_a_line_that_is_only_a_day_is_the_day_of_publication(line, day):
    article = described(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert article.published is not None and article.published.value == day


@pytest.mark.parametrize(
    "text", [f"{TITLE}\n\nOn 22 January 2025 a bomb went off.", f"{TITLE}\n\nJanuary 2025\n\n{BODY}"]
)
def test_a_day_inside_the_text_or_a_month_alone_is_no_day_of_publication(text):
    assert described(text).published is None


def test_the_articles_own_address_gives_the_outlet_and_its_words_are_the_domain():
    article = described(f"{TITLE}\n\n{BODY}\n\nhttps://www.reuters.com/world/nine-dead-2024-05-05/\n")
    assert article.url is not None and article.url.value == "https://www.reuters.com/world/nine-dead-2024-05-05/"
    assert article.publisher is not None and article.publisher.value == "Reuters"
    assert article.publisher.evidence is not None and article.publisher.evidence.words == "www.reuters.com"


def test_an_unknown_domain_gives_no_outlet():
    article = described(f"{TITLE}\n\n{BODY}\n\nhttps://news.example/nine-dead\n")
    assert article.url is not None and article.publisher is None


def test_an_address_far_from_the_end_is_another_articles():
    text = f"{TITLE}\n\nSee https://www.reuters.com/other for more.\n\n" + f"{BODY}\n\n" * 12
    assert described(text).url is None


def test_an_outlet_that_the_text_only_cites_is_not_its_publisher():
    assert described(f"{TITLE}\n\nReuters reported that a bomb killed nine people.").publisher is None


def test_what_is_given_wins_over_the_text():
    article = described(
        f"{TITLE}\n\nBy Ann Example\n\n5 May 2024\n\n{BODY}\n\nhttps://www.reuters.com/x",
        title="Another", author="Bo Sample", published="2024-05-06", publisher="Example News", url="https://a.example/b",
    )  # fmt: skip
    assert stated(article) == {
        "title": "Another",
        "author": "Bo Sample",
        "published": "2024-05-06",
        "publisher": "Example News",
        "url": "https://a.example/b",
    }
    assert {getattr(article, key).read_from for key in KEYS} == {"argument"}


def test_reading_metadata_twice_changes_nothing():
    once = read_metadata(make_document(article_from_text(f"{TITLE}\n\nBy Ann Example\n\n{BODY}")))
    assert read_metadata(once) == once


@pytest.mark.parametrize(
    ("text", "published", "other"),
    [
        (f"Published 7 May 2024\n\n{BODY}", "2024-05-07", "2024-05-05"),
        (f"{TITLE}\n\n7 May 2024\n\n{BODY}", "2024-05-07", "2024-05-05"),
        (f"GAO, Mali, May 3 (XYZ) - {BODY}", "2024-05-05", "2024-05-03"),
        (f"GAO, Mali, May 5 (XYZ) - {BODY}", "2024-05-05", None),
        (f"{TITLE}\n\n7 October 2023\n\n{BODY}", "2024-05-05", None),
        (BODY, "2024-05-05", None),
    ],
)  # fmt: skip
def test_a_day_of_the_text_that_contradicts_the_given_one_is_kept_and_recorded(text, published, other):
    article = described(text, published="2024-05-05")
    assert article.published is not None and article.published.value == published
    assert (article.other_day.value if article.other_day else None) == other
    reasons = [
        d.reason for d in extraction(article_from_text(text, published="2024-05-05")).drops if "dated" in d.reason
    ]
    assert len(reasons) == (1 if other else 0)
    assert all("2024-05-05" in reason for reason in reasons)
