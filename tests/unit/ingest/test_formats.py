"""The same article in every format: the same claims in the same words, at offsets of the text that is kept."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard

from kg.ingest import Broken, Inputs, iter_articles, read_articles
from kg.model import Article, Extraction
from kg.pipeline import extraction
from tests.unit.ingest.files import ARTICLE, BODY, PACK, TITLE, html, jsonl, plain, table, warc, write

UTF8 = {"Content-Type": "text/html; charset=utf-8"}
URL = ARTICLE["url"]
DEFAULT = Inputs()
FORMATS: dict[str, Callable[[], bytes]] = {
    "keta-1.txt": plain,
    "keta-1.md": plain,
    "keta-1.html": html,
    "keta-1.htm": lambda: html(heading=False),
    "a.jsonl": lambda: jsonl(ARTICLE),
    "a.ndjson": lambda: jsonl(ARTICLE),
    "a.parquet": lambda: table(ARTICLE),
    "a.warc": lambda: warc([(URL, html(), UTF8)]),
}


def one(path: Path, inputs: Inputs = DEFAULT) -> Article:
    (article,) = iter_articles(path, inputs)
    assert isinstance(article, Article), article
    return article


def said(found: Extraction) -> list[tuple[str, str]]:
    return [(type(claim).__name__, claim.evidence.words) for claim in found.claims]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    return extraction(one(write(tmp_path_factory.mktemp("plain"), "keta-1.txt", plain())))


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("name", FORMATS)
def test_an_article_gives_the_same_claims_in_every_format(
    tmp_path: Path, expected: Extraction, name: str, packing: str
) -> None:
    article = one(write(tmp_path, name + packing, PACK[packing](FORMATS[name]())))
    found = extraction(article)
    assert said(found) == said(expected) and len(found.claims) == 4
    for claim in found.claims:
        assert article.text[claim.evidence.start : claim.evidence.end] == claim.evidence.words
    for key in ("title", "publisher", "author", "published", "url"):
        assert getattr(found.article, key).value == ARTICLE[key], key
    assert article.stored == (name not in ("keta-1.txt", "keta-1.md") or bool(packing))
    records = name.startswith("a.")
    assert article.file_name.startswith(name + packing) and (":" in article.file_name) == records
    assert "30 soldiers" not in article.text and "40 men" not in article.text and "Copyright" not in article.text


def test_a_folder_of_all_sorts_is_one_corpus_in_the_order_of_stems(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "Two men died.")
    write(tmp_path, "sub/a.jsonl", jsonl(*(ARTICLE | {"id": f"z{n}"} for n in range(3))))
    write(tmp_path, "c.html.gz", gzip.compress(html()))
    assert [item.id for item in iter_articles(tmp_path) if isinstance(item, Article)] == ["z0", "z1", "z2", "b", "c"]
    assert [article.id for article in read_articles(tmp_path)] == ["b", "c", "z0", "z1", "z2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text", plain()),
        ("html", html()),
        ("jsonl", jsonl(ARTICLE)),
        ("parquet", table(ARTICLE)),
        ("warc", warc([(URL, html(), UTF8)])),
    ],
)
@pytest.mark.parametrize("packing", PACK)
def test_standard_input_is_known_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, expected: Extraction, name: str, data: bytes, packing: str
) -> None:
    class Stdin:
        buffer = io.BytesIO(PACK[packing](data))

    monkeypatch.setattr(sys, "stdin", Stdin())
    article = one(Path("-"))
    assert said(extraction(article)) == said(expected)
    assert article.file_name.startswith("stdin") and article.stored


def test_a_format_overrules_the_name(tmp_path: Path) -> None:
    path = write(tmp_path, "news.data", jsonl(ARTICLE))
    assert one(path, Inputs(format="jsonl")).id == "keta-1"
    assert one(path).text.startswith("{")


def test_columns_are_named(tmp_path: Path) -> None:
    record = {"story": {"body": BODY}, "headline": TITLE, "uri": URL, "when": "Sun, 04 May 2031 10:00:00 GMT", "x": 1}
    pairs = {"text": "story.body", "title": "headline", "url": "uri", "published": "when"}
    for name, data in (("a.jsonl", jsonl(record)), ("a.parquet", table(record))):
        article = one(write(tmp_path, name, data), Inputs(tuple(pairs.items())))
        assert article.title and article.title.value == TITLE
        assert article.published_on == date(2031, 5, 4) and article.url and article.url.value == URL
        assert article.id.startswith("harbour-post-example-")


VALUES: list[tuple[dict[str, Any], str, str | None]] = [
    ({"published": "20310504"}, "published", "2031-05-04"),
    ({"published": "20310504T101500Z"}, "published", "2031-05-04"),
    ({"published": "2031-05-04T23:10:00+02:00"}, "published", "2031-05-04"),
    ({"published": ""}, "published", None),
    ({"published": None, "title": "  "}, "title", None),
    ({"author": ["Ida Quill", "Ann Lee"]}, "author", "Ida Quill and Ann Lee"),
    ({"title": "Shelling\tof\nKeta\u0007 "}, "title", "Shelling of Keta"),
    ({"id": 12}, "id", "12"),
    ({"language": "en-GB"}, "publisher", "Harbour Post"),
]


@pytest.mark.parametrize(("changes", "key", "value"), VALUES)
def test_values_of_a_record(tmp_path: Path, changes: dict[str, Any], key: str, value: str | None) -> None:
    found = getattr(one(write(tmp_path, "a.jsonl", jsonl(ARTICLE | changes))), key)
    assert (found if key == "id" or found is None else found.value) == value


def test_days_of_a_table_may_be_days(tmp_path: Path) -> None:
    for day in (date(2031, 5, 4), datetime(2031, 5, 4, 23, 10)):  # noqa: DTZ001  # as tables have them
        assert one(write(tmp_path, "a.parquet", table(ARTICLE | {"published": day}))).published_on == date(2031, 5, 4)


TITLES = [  # title, text, what is put before the text
    (TITLE, BODY, f"{TITLE}\n\n"),
    (TITLE, f"{TITLE}\n\n{BODY}", ""),
    (f"{TITLE} - Harbour Post", f"  {TITLE}\n{BODY}", ""),
    (TITLE.upper(), f"{TITLE}\n{BODY}", ""),
    (TITLE, f"Shelling of Keta kills thirteen\n{BODY}", f"{TITLE}\n\n"),
    (None, BODY, ""),
]


@pytest.mark.parametrize(("title", "text", "before"), TITLES)
def test_a_title_has_its_place_in_the_text(tmp_path: Path, title: str | None, text: str, before: str) -> None:
    article = one(write(tmp_path, "a.jsonl", jsonl({"title": title, "text": text})))
    assert article.text == before + text
    if title is not None:
        assert article.title and article.title.evidence
        place = article.title.evidence
        assert article.text[place.start : place.end] == place.words == article.title.value
        assert article.body_start == place.end


def test_an_id_is_made_of_what_a_record_says_and_not_of_its_place(tmp_path: Path) -> None:
    record = {key: value for key, value in ARTICLE.items() if key != "id"}
    first = one(write(tmp_path, "a.jsonl", jsonl(record)))
    again = one(write(tmp_path, "b.jsonl.gz", gzip.compress(b"\n\n" + jsonl(record))))
    other = one(write(tmp_path, "c.jsonl", jsonl(record | {"publisher": "Coast Herald"})))
    assert first.id == again.id != other.id
    assert (first.file_name, again.file_name) == ("a.jsonl:1", "b.jsonl.gz:3")
    assert one(write(tmp_path, "d.jsonl", jsonl({"text": BODY}))).id.startswith("record-")


@pytest.mark.parametrize(
    ("charset", "declared", "header"),
    [
        ("cp1251", "windows-1251", None),
        ("cp1252", "iso-8859-1", None),
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "nonsense", None),
        ("utf-16", "utf-16", None),
        ("cp1252", "utf-8", "windows-1252"),
        ("cp1252", "utf-8", None),
    ],
)
def test_charsets_of_pages(tmp_path: Path, charset: str, declared: str, header: str | None) -> None:
    letters = "Ц" if charset == "cp1251" else "é"
    page = html(ARTICLE | {"text": BODY.replace("Keta", f"K{letters}ta")})
    data = page.decode().replace('charset="utf-8"', f'charset="{declared}"').encode(charset)
    if header is None:
        article = one(write(tmp_path, "a.html", data))
    else:
        answer = warc([(URL, data, {"Content-Type": f"text/html; Charset={header}"})])
        article = one(write(tmp_path, "a.warc", answer))
    assert f"K{letters}ta on Friday" in article.text


HTTP: list[tuple[str, bytes, dict[str, str]]] = [
    ("gzip", gzip.compress(html()), UTF8 | {"Content-Encoding": "gzip"}),
    ("zstd", zstandard.compress(html()), UTF8 | {"Content-Encoding": "zstd"}),
    ("chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(html()), html()), UTF8 | {"Transfer-Encoding": "chunked"}),
    ("xhtml", html(), {"Content-Type": "application/xhtml+xml"}),
    ("text", f"{TITLE}\n\n{BODY}".encode(), {"Content-Type": "text/plain"}),
]


@pytest.mark.parametrize(("body", "headers"), [row[1:] for row in HTTP], ids=[row[0] for row in HTTP])
def test_http_is_decoded(tmp_path: Path, expected: Extraction, body: bytes, headers: dict[str, str]) -> None:
    article = one(write(tmp_path, "a.warc.gz", warc([(URL, body, headers)], gz=True)))
    assert said(extraction(article)) == said(expected)
    assert article.url and article.url.value == URL


def test_what_is_no_page_is_told_and_harmless(tmp_path: Path) -> None:
    answers = [
        ("https://a.example/1", html(), UTF8),
        ("https://a.example/2", b"%PDF", {"Content-Type": "application/pdf"}),
        ("https://a.example/3", html(), UTF8 | {":status": "404 Not Found"}),
        ("https://a.example/4", b"<html><body></body></html>", UTF8),
    ]
    article, *others = iter_articles(write(tmp_path, "a.warc", warc(answers)))
    assert isinstance(article, Article)
    assert [item.harmless for item in others if isinstance(item, Broken)] == [True] * 3
    assert [str(item).split(": ", 1)[1].split("; ")[0] for item in others] == [
        "is of the type 'application/pdf', no page",
        "is an answer with the HTTP status 404, no page",
        "holds no text of an article",
    ]


def test_a_sidecar_stands_beside_a_page_and_a_packed_text(tmp_path: Path) -> None:
    write(tmp_path, "a.html", html())
    write(tmp_path, "b.txt.gz", gzip.compress(b"Two men died."))
    for stem in "ab":
        write(tmp_path, f"{stem}.meta.yaml", "publisher: Coast Herald\n")
    publishers = [article.publisher and article.publisher.value for article in read_articles(tmp_path)]
    assert publishers == ["Coast Herald", "Coast Herald"]


def test_the_day_of_a_page_is_never_guessed(tmp_path: Path) -> None:
    page = html().replace(b'<meta property="article:published_time" content="2031-05-04T10:00:00Z">', b"")
    assert one(write(tmp_path, "a.html", page)).published is None
