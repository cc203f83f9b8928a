"""Real files of every format, made of the same articles."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import zstandard
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PACK = {"": bytes, ".gz": lambda data: gzip.compress(data, mtime=0), ".zst": zstandard.compress}
TITLE = "Shelling of Keta kills twelve"
BODY = (
    "KETA — Shelling killed at least 12 civilians in Keta on Friday, the ministry of health said in a statement.\n\n"
    "The army said that three of its soldiers were wounded when the attack began, and that it went on for two "
    "hours.\n\n"
    "Officials told reporters that twenty people were still missing on Saturday, and that rescuers were looking for "
    "them under the ruins of the market.\n"
)
ARTICLE = {
    "id": "keta-1",
    "text": BODY,
    "title": TITLE,
    "publisher": "Harbour Post",
    "author": "Ida Quill",
    "published": "2031-05-04",
    "url": "https://harbour-post.example/keta",
}


def plain(article: Mapping[str, Any] = ARTICLE) -> bytes:
    """The article as a text file with front matter."""
    keys = ("title", "publisher", "author", "published", "url")
    head = "".join(f"{key}: {json.dumps(article[key])}\n" for key in keys if article.get(key))
    return f"---\n{head}---\n{article['text']}".encode()


def jsonl(*articles: Mapping[str, Any]) -> bytes:
    """One article a line."""
    return "".join(json.dumps(article) + "\n" for article in articles).encode()


def table(*articles: Mapping[str, Any]) -> bytes:
    """One article a row."""
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict(article) for article in articles]), buffer)
    return buffer.getvalue()


def html(article: Mapping[str, Any] = ARTICLE, *, charset: str = "utf-8", heading: bool = True) -> bytes:
    """The article on a page with a menu, scripts and a footer."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in article["text"].split("\n\n"))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}"><title>{article["title"]} - {article["publisher"]}</title>
<meta property="og:title" content="{article["title"]}"><meta property="og:site_name" content="{article["publisher"]}">
<meta name="author" content="{article["author"]}">
<meta property="article:published_time" content="{article["published"]}T10:00:00Z">
<link rel="canonical" href="{article["url"]}">
<script>var lost = "30 soldiers were killed in Ameta";</script></head>
<body><nav><a href="/">Home</a> <a href="/war">War</a></nav>
<article>{f"<h1>{article['title']}</h1>" if heading else ""}
{paragraphs}<script>document.write("40 men were killed")</script></article>
<footer><p>Copyright 2019. All rights reserved.</p></footer></body></html>""".encode(charset)


def warc(answers: Sequence[tuple[str, bytes, Mapping[str, str]]], *, gz: bool = False) -> bytes:
    """An archive of answers: address, body, and HTTP headers (":status" for another status than 200 OK)."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gz)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, body, headers in answers:
        rest = [(key, value) for key, value in headers.items() if not key.startswith(":")]
        status = StatusAndHeaders(headers.get(":status", "200 OK"), rest, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=status,
                warc_headers_dict={
                    "WARC-Date": "2031-05-05T00:00:00Z",
                    "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
                },
            )
        )
    return buffer.getvalue()


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """A file in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
