"""What is broken is told with its file and place and passed over; `strict` stops; nothing grows without bound."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from kg.errors import ArticleError
from kg.ingest import Broken, Inputs, iter_articles, left_out, lines, packed, read_articles, read_corpus
from kg.ingest.packed import Source
from kg.model import Article
from tests.unit.ingest.files import ARTICLE, BODY, html, jsonl, plain, table, warc, write

UTF8 = {"Content-Type": "text/html; charset=utf-8"}
GOOD = jsonl(ARTICLE)
LENIENT = Inputs(strict=False)


def lined(*rows: bytes) -> bytes:
    """A good article, lines that are none, and another good article."""
    return GOOD + b"".join(row + b"\n" for row in rows) + jsonl(ARTICLE | {"id": "keta-2"})


def record(**changes: object) -> bytes:
    return json.dumps(ARTICLE | {"id": "other"} | changes).encode()


def many(count: int = 2000) -> bytes:
    """Articles that do not pack well."""
    rows = (ARTICLE | {"id": f"{n}", "text": f"{hash_of(n)} {BODY}"} for n in range(count))
    return jsonl(*rows)


def damaged(data: bytes) -> bytes:
    """Bytes with some other ones in the middle."""
    at = len(data) // 2
    return data[:at] + b"XXXX" * 99 + data[at + 396 :]


def hash_of(number: int) -> str:
    return f"{number * 2654435761 % 2**32:08x}"


def archive(*, broken: int | None = None, cut: int = 0) -> bytes:
    """Three pages, of which the head of one may be spoilt, and the end cut."""
    pages = [(f"https://a.example/{n}", html(ARTICLE | {"title": f"Story {n} of Keta"}), UTF8) for n in range(3)]
    data = warc(pages)
    if broken is not None:
        starts = [n for n in range(len(data)) if data.startswith(b"WARC/1", n)]
        data = data[: starts[broken + 1]] + b"XXXX" + data[starts[broken + 1] + 4 :]
    return data[: len(data) - cut]


BROKEN: dict[str, tuple[str, Callable[[], bytes], int, list[str]]] = {
    # name of the file, its bytes, how many articles are read, what is said of the others
    "no JSON": ("a.jsonl", lambda: lined(b'{"text": '), 2, ["a.jsonl:2: is no JSON (Expecting value)"]),
    "no object": ("a.jsonl", lambda: lined(b"[1]"), 2, ["a.jsonl:2: is no JSON object"]),
    "not UTF-8": ("a.jsonl", lambda: lined(b'{"text": "\xe9"}'), 2, ["a.jsonl:2: is not UTF-8 (byte 10"]),
    "binary line": ("a.jsonl", lambda: lined(b"\x00\xff"), 2, ["a.jsonl:2: is no"]),
    "deep": ("a.jsonl", lambda: lined(b"[" * 200_000), 2, ["a.jsonl:2: is no JSON (maximum recursion"]),
    "huge number": ("a.jsonl", lambda: lined(b'{"id": ' + b"9" * 5000 + b"}"), 2, ["a.jsonl:2: is no JSON (Exceeds"]),
    "no text": ("a.jsonl", lambda: lined(b"{}"), 2, ["a.jsonl:2: has no text in 'text'"]),
    "blank text": ("a.jsonl", lambda: lined(record(text=" \n")), 2, ["a.jsonl:2: has an empty text"]),
    "text is a number": ("a.jsonl", lambda: lined(record(text=12)), 2, ["a.jsonl:2: text is not text"]),
    "NUL": ("a.jsonl", lambda: lined(record(text="a\0b")), 2, ["a.jsonl:2: holds a NUL character"]),
    "surrogate": ("a.jsonl", lambda: lined(rb'{"text": "\ud800"}'), 2, ["a.jsonl:2: holds half of a surrogate pair"]),
    "title is a list": ("a.jsonl", lambda: lined(record(title=["A"])), 2, ["a.jsonl:2: title is not text"]),
    "no day": ("a.jsonl", lambda: lined(record(published="soon")), 2, ["a.jsonl:2: published 'soon' is no date"]),
    "no address": ("a.jsonl", lambda: lined(record(url="the web")), 2, ["a.jsonl:2: url 'the web' is no web address"]),
    "control in id": ("a.jsonl", lambda: lined(record(id="a\x1b[31m")), 2, ["a.jsonl:2: has an id with control"]),
    "endless publisher": ("a.jsonl", lambda: lined(record(publisher="x" * 501)), 2, ["a.jsonl:2: publisher is longer"]),
    "endless title": ("a.jsonl", lambda: lined(record(title="x" * 501)), 2, ["a.jsonl:2: title is longer"]),
    "long text": (
        "a.jsonl",
        lambda: lined(record(text="Two. " * 5_000_000)),
        2,
        ["a.jsonl:2: has a text above the limit"],
    ),
    "other content": (
        "a.jsonl",
        lambda: lined(record(id="keta-1", text="Two men died.")),
        2,
        ["a.jsonl:2: has the same id as a.jsonl:1 ('keta-1') and another content"],
    ),
    "cut gzip": (
        "a.jsonl.gz",
        lambda: gzip.compress(many())[:-5000],
        1500,
        ["a.jsonl.gz:", "the packed data end early"],
    ),
    "cut zstd": (
        "a.jsonl.zst",
        lambda: zstandard.compress(many(), 1)[:-5000],
        500,
        ["a.jsonl.zst:", "the packed data end early"],
    ),
    "damaged gzip": (
        "a.jsonl.gz",
        lambda: damaged(gzip.compress(many(), 1)),
        500,
        ["a.jsonl.gz:", "cannot be read ("],
    ),
    "row without text": (
        "a.parquet",
        lambda: table(ARTICLE, ARTICLE | {"text": None, "id": "b"}, ARTICLE | {"id": "c"}),
        2,
        ["a.parquet:2: has no text in 'text'"],
    ),
    "broken record": (
        "a.warc",
        lambda: archive(broken=1),
        2,
        ["a.warc:", "is no WARC record (Invalid WARC header); passed over up to the next one"],
    ),
    "record too long": (
        "a.warc",
        lambda: archive().replace(b"Content-Length: ", b"Content-Length: 99", 2),
        2,
        ["a.warc:", "is cut short: "],
    ),
    "cut record": ("a.warc", lambda: archive(cut=100), 2, ["a.warc:", "is cut short: "]),
    "cut archive": ("a.warc.gz", lambda: gzip.compress(archive())[:-9], 3, ["a.warc.gz:", "the packed data end early"]),
    "broken HTTP packing": (
        "a.warc",
        lambda: warc([("https://a.example/1", b"no gzip", UTF8 | {"Content-Encoding": "gzip"})]) + archive(),
        3,
        ["a.warc:291: cannot be decoded (Gzip"],
    ),
}


@pytest.mark.parametrize(("name", "data", "read", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_told_and_passed_over(
    tmp_path: Path, name: str, data: Callable[[], bytes], read: int, said: list[str]
) -> None:
    path = write(tmp_path, name, data())
    found = list(iter_articles(path))
    articles = [item for item in found if isinstance(item, Article)]
    *before, broken = [item for item in found if isinstance(item, Broken)]
    assert not before or name == "a.jsonl.gz"  # bytes that are damaged may unpack to a line that is none
    assert len(articles) == read or (read > 100 and len(articles) > read)
    assert str(broken).startswith(str(path)) and not broken.harmless and "\n" not in str(broken)
    assert all(words in str(broken) for words in said)
    with pytest.raises(ArticleError, match="a\\."):
        read_articles(path)
    (row,) = left_out([broken], path)
    assert str(row["article"]).startswith(name) and row["stage"] == "ingest" and str(tmp_path) not in str(row)


NOTHING: dict[str, tuple[str, bytes, str]] = {
    "no Parquet": ("a.parquet", b"PAR1 no", "a.parquet: cannot be read as Parquet"),
    "no text column": ("a.parquet", table({"body": BODY}), "a.parquet: has no column 'text'; it has 'body': name one"),
    "no WARC": ("a.warc", b"Two men died.\n" * 99, "a.warc:0: is no WARC record"),
    "empty JSON Lines": ("a.jsonl", b"\n\n", "a.jsonl: holds no article"),
    "empty WARC": ("a.warc", b"", "a.warc: holds no article"),
    "all broken": (
        "a.jsonl",
        b"x\ny\nz\n",
        "a.jsonl:1: is no JSON (Expecting value); write one object on a line (and 2 more",
    ),
    "no gzip": ("a.txt.gz", b"Two men died.", "a.txt.gz: cannot be read (Not a gzipped file"),
    "no zstd": ("a.txt.zst", b"Two men died.", "a.txt.zst: cannot be read ("),
    "packed twice": ("a.txt.gz", gzip.compress(gzip.compress(plain(), mtime=0)), "a.txt.gz:1: holds a NUL byte"),
    "packed Latin-1": ("a.txt.gz", gzip.compress(b"Caf\xe9"), "a.txt.gz:1: is not UTF-8"),
    "page without text": ("a.html", b"<html><body><p></p></body></html>", "a.html: holds no text of an article"),
    "page of nothing": ("a.html", b"", "a.html: holds no text of an article"),
    "huge page": ("a.html.gz", gzip.compress(b"<p>" * 4_000_000), "a.html.gz: is larger than the limit of 8 MB"),
    "bomb of one article": (
        "a.txt.gz",
        gzip.compress(b"0" * 30_000_000),
        "a.txt.gz: is larger than the limit of 20 MB",
    ),
}


@pytest.mark.parametrize(("name", "data", "said"), NOTHING.values(), ids=NOTHING)
def test_a_file_without_any_article_stops(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_corpus(write(tmp_path, name, data))
    assert str(caught.value).startswith(f"{tmp_path}/{said}") and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.warc.gz", "a.parquet.zst"])
def test_a_bomb_is_left_early(tmp_path: Path, name: str) -> None:
    zeros = b"0" * 150_000_000 if name.startswith("a.jsonl") else archive() + b"0" * 150_000_000
    pack = gzip.compress(zeros, 6) if name.endswith(".gz") else zstandard.compress(zeros)
    del zeros
    path = write(tmp_path, name, pack)
    tracemalloc.start()
    try:
        found = list(iter_articles(path)) if "warc" in name else None
        if found is None:
            with pytest.raises(ArticleError, match="unpacks to more than 200 times its size"):
                list(iter_articles(path))
        else:
            assert len(found) == 5 and "unpacks to more than 200 times" in str(found[-1])
        assert tracemalloc.get_traced_memory()[1] < 160_000_000  # the longest line, and what 1 kB of zstd unpacks to
    finally:
        tracemalloc.stop()


def test_a_long_line_is_passed_over_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1_000_000)
    monkeypatch.setattr(packed, "CHUNK", 65_536)
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(GOOD)
        file.seek(50_000_000, 1)  # a hole: zeros without a line's end
        file.write(b"\n" + jsonl(ARTICLE | {"id": "keta-2"}))
    tracemalloc.start()
    found = list(iter_articles(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [getattr(item, "id", None) or str(item).split(";")[0] for item in found] == [
        "keta-1",
        f"{path}:2: the line is longer than 0.953674 MB",
        "keta-2",
    ]
    assert peak < 12_000_000


def test_records_are_read_one_at_a_time(tmp_path: Path) -> None:
    rows = jsonl(*(ARTICLE | {"id": f"{n}", "text": f"{n} {BODY * 60}"} for n in range(1500)))
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(rows, 1))
    assert len(rows) > 30_000_000
    tracemalloc.start()
    assert sum(1 for _ in iter_articles(path)) == 1500
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


def test_a_large_table_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    schema = pa.schema([("id", pa.string()), ("text", pa.string()), ("html", pa.string())])
    with parquet.ParquetWriter(path, schema) as writer:
        for part in range(5):
            rows = [{"id": f"{part}-{n}", "text": f"{n} {BODY}", "html": "x" * 10_000} for n in range(1000)]
            writer.write_table(pa.Table.from_pylist(rows, schema))
    before = pa.total_allocated_bytes()
    articles = iter_articles(path)
    assert isinstance(next(articles), Article)
    assert pa.total_allocated_bytes() - before < 10_000_000
    assert sum(1 for _ in articles) == 4999


def test_the_same_article_again_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", GOOD + GOOD)
    write(tmp_path, "sub/b.jsonl", GOOD)
    articles, broken = read_corpus(tmp_path)
    assert [article.file_name for article in articles] == ["a.jsonl:1"]
    assert [(str(item).removeprefix(f"{tmp_path}/"), item.harmless) for item in broken] == [
        ("a.jsonl:2: is the same article as a.jsonl:1 (id 'keta-1'), read once", True),
        ("sub/b.jsonl:1: is the same article as a.jsonl:1 (id 'keta-1'), read once", True),
    ]
    assert [row["article"] for row in left_out(broken, tmp_path)] == ["a.jsonl:2", "sub/b.jsonl:1"]
    assert len(read_articles(tmp_path)) == 1  # strict


def test_another_language_is_told_and_harmless(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", lined(record(language="fr")))
    (broken,) = read_corpus(path)[1]
    assert broken.harmless and "is in another language ('fr')" in str(broken)


def test_a_plain_file_stops_the_run_unless_it_is_lenient(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"Caf\xe9")
    write(tmp_path, "b.txt", "Two men died.")
    write(tmp_path, "sub/b.md", "Three men died.")
    with pytest.raises(ArticleError, match=r"sub/b\.md: has the same id"):
        read_corpus(tmp_path)
    (article,), broken = read_corpus(tmp_path, LENIENT)
    assert article.text == "Two men died."
    assert [str(item).removeprefix(f"{tmp_path}/").split(";")[0] for item in broken] == [
        "a.txt:1: is not UTF-8 (byte 3 is 0xe9)",
        "sub/b.md: has the same id as b.txt ('b') and another content",
    ]


def test_a_strict_run_stops_at_a_record(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", lined(b"x"))
    articles = iter_articles(path, Inputs(strict=True))
    assert isinstance(next(articles), Article)
    with pytest.raises(ArticleError, match=r"a\.jsonl:2: is no JSON"):
        next(articles)


def test_a_page_cannot_make_the_reader_fail(tmp_path: Path) -> None:
    pages = ["<div>" * 50_000, "<p>" + "x" * 7_000_000, "<!--" * 1000, '<a href="' * 5000, "\x00\x01<p>\x02" * 999]
    for number, page in enumerate(pages):
        write(tmp_path, f"{number}.html", f"<html><body>{page}</body></html>")
    write(tmp_path, "z.txt", "Two men died.")
    found = list(iter_articles(tmp_path))
    assert all("\n" not in str(item) for item in found if isinstance(item, Broken))


def test_a_large_paragraph_is_read(tmp_path: Path) -> None:
    text = "Two men died near Keta. " * 450_000
    (article,) = read_articles(write(tmp_path, "a.jsonl", jsonl({"text": text})))
    assert len(article.text) == len(text) > 10_000_000


def test_a_source_gives_what_it_is_asked_for() -> None:
    import io

    source = Source(io.BytesIO(gzip.compress(b"0123456789")), "gzip")
    assert source.peek(3) == b"012" and source.read(4) == b"0123" and source.given == 4
    assert source.all(100) == b"456789" and source.read() == b""


def test_fields_are_those_of_articles() -> None:
    with pytest.raises(ArticleError, match="there is no field 'body' of an article; there are id, text"):
        Inputs((("body", "x"),))
