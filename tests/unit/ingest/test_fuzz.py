"""Whatever bytes come in: articles and one-line reports come out, and nothing else."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest import Broken, Inputs
from kg.ingest.archives import read_warc
from kg.ingest.lines import read_jsonl
from kg.ingest.packed import Source
from kg.model import Article
from tests.unit.ingest.files import ARTICLE, html, jsonl, warc

UTF8 = {"Content-Type": "text/html; charset=utf-8"}
ARCHIVE = warc([(f"https://a.example/{n}", html(ARTICLE | {"title": f"Story {n}"}), UTF8) for n in range(3)])
LINES = jsonl(*(ARTICLE | {"id": f"{n}"} for n in range(3)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "text", "title", "publisher", "published", "url", "author", "language"), JSON)
)
EDITS = st.lists(
    st.tuples(st.integers(0, len(ARCHIVE)), st.integers(0, 400), st.binary(max_size=60) | st.sampled_from(
        [b"Content-Length: 9\r\n", b"Content-Length: -1\r\n", b"WARC/1.0\r\n", b"\r\n\r\n", b"99999999999"])),
    max_size=6,
)  # fmt: skip


def check(found: Article | Broken) -> None:
    if isinstance(found, Broken):
        assert "\n" not in str(found)
        return
    found.text.encode()
    for stated in (found.title, found.publisher, found.author, found.published, found.url):
        if stated is not None and stated.evidence is not None:
            assert found.text[stated.evidence.start : stated.evidence.end] == stated.evidence.words


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, size, put in edits:
        data = data[:at] + put + data[at + size :]
    return data


@given(st.lists(FIELDS, max_size=4))
def test_any_fields_are_an_article_or_a_report(records: list[dict[str, object]]) -> None:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    found = list(read_jsonl(Source(io.BytesIO(data)), "a", "a", Inputs()))
    assert len(found) == len(records)
    for item in found:
        check(item)


@given(EDITS)
def test_any_lines_are_articles_and_reports(edits: list[tuple[int, int, bytes]]) -> None:
    for item in read_jsonl(Source(io.BytesIO(edited(LINES, edits))), "a", "a", Inputs()):
        check(item)


@settings(deadline=None)
@given(EDITS)
def test_any_archive_is_articles_and_reports(edits: list[tuple[int, int, bytes]]) -> None:
    for item in read_warc(Source(io.BytesIO(edited(ARCHIVE, edits))), "a", "a"):
        check(item)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "gzip", "zstd"]))
def test_any_bytes_are_no_archive(data: bytes, packing: str | None) -> None:
    for item in read_warc(Source(io.BytesIO(data), packing), "a", "a"):
        check(item)
