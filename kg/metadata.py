"""What a document says about itself: title, author, outlet, date and address, where they stand in it.

Front matter, sidecar and arguments win over the text, but for the day: see `_on_its_own_day`. What the text does
not state stays None.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from kg.mentions.dates import contradicting_day, document_date
from kg.model import Article, Document, Evidence, Stated
from kg.outlets import outlet_of

_BY = re.compile(r"(?:text |reporting )?by[:\s]+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_DATELINE = re.compile(r"\s*[A-Z][^()\n]{2,50}\d\s*\((?P<outlet>[A-Z][^()]{1,60})\)\s+(?:--?|–|—)\s")
_FOOTER = 400  # code points from the end in which an article's own address stands


def read_metadata(document: Document) -> Document:
    """The document with its article's metadata completed from the text."""
    article = document.article
    title = article.title or _title(document)
    author = article.author or _author(document)
    url = article.url or _url(document)
    published = article.published or _published(document)
    publisher = article.publisher or (_publisher(url) if url else None) or _in_dateline(document)
    completed = replace(article, title=title, author=author, url=url, published=published, publisher=publisher)
    return replace(document, article=_on_its_own_day(document, completed) if article.published else completed)


def _on_its_own_day(document: Document, article: Article) -> Article:
    """The article with the day that its text gives for itself, where another day of publication was given.

    Its words are relative to that day. Where the text calls it the day of publication, or it is later than the
    given one, it is that of publication too; a dateline may well be a day or two before it.
    """
    given = article.published_on
    day = contradicting_day(document, given) if given else None
    if day is None or day.time.earliest is None or given is None:
        return article
    own = Stated(day.time.earliest.isoformat(), day.time.evidence, "text")
    if day.how != "labelled" and day.time.earliest < given:
        return replace(article, other_day=own)
    return replace(article, published=own, other_day=article.published)


def _title(document: Document) -> Stated | None:
    for block in document.blocks:
        if block.kind == "title":
            words = document.masked[block.start : block.end]
            start = block.start + len(words) - len(words.lstrip())
            evidence = document.evidence(start, block.start + len(words.rstrip()))
            return Stated(" ".join(evidence.words.split()), evidence, "text")
    return None


def _author(document: Document) -> Stated | None:
    for block in document.blocks:
        if block.kind == "byline":
            line = document.masked[block.start : block.end]
            match = _BY.match(line)
            if match:
                evidence = document.evidence(block.start + match.end(), block.start + len(line.rstrip()))
                name = evidence.words.title() if evidence.words.isupper() else evidence.words
                return Stated(" ".join(name.split()), evidence, "text")
    return None


def _url(document: Document) -> Stated | None:
    """The address in the last lines of the file, where saved articles keep their own."""
    text = document.article.text
    found = list(_ADDRESS.finditer(text, max(document.article.body_start, len(text) - _FOOTER)))
    if not found:
        return None
    return Stated(found[-1].group(0), document.evidence(found[-1].start(), found[-1].end()), "text")


def _published(document: Document) -> Stated | None:
    date = document_date(document)
    if date is None or date.earliest is None or date.earliest != date.latest:
        return None
    return Stated(date.earliest.isoformat(), date.evidence, "text")


def _in_dateline(document: Document) -> Stated | None:
    """The outlet in the brackets of a dateline with a day: "La Paz, 3 Mar 89 (Radio Sol) -- ..."."""
    match = _DATELINE.match(document.masked, document.article.body_start)
    if match is None:
        return None
    evidence = document.evidence(match.start("outlet"), match.end("outlet"))
    return Stated(" ".join(evidence.words.split()), evidence, "text")


def _publisher(url: Stated) -> Stated | None:
    """The outlet whose domain the article's own address has; evidence is the domain's words."""
    host = urlsplit(url.value).hostname or ""
    actor = outlet_of(host)
    if actor is None:
        return None
    evidence = None
    if url.evidence is not None:
        start = url.evidence.start + url.evidence.words.find(host)
        evidence = Evidence(start, start + len(host), host)
    return Stated(actor.name, evidence, url.read_from)
