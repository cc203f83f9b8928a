"""One article → all that it yields, as plain bytes that a store or another process can hold.

`work` is a pure function of the article, the versions and the names in use: no file is read or written but our own
tables, and nothing of another article is known. What articles have to do with one another is found afterwards, from
the entries of all (`kg.relations`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, fields

import kg
from kg.claims import find_claims
from kg.claims.sources.page import author, outlet
from kg.copies import signature
from kg.fingerprint import fingerprint
from kg.gazetteer import gazetteer, own_names
from kg.graph import article_nquads, distinct
from kg.mentions import read
from kg.metadata import read_metadata
from kg.model import Actor, Article, Drop, Evidence, Extraction, Place, Stated
from kg.nlp import model_version
from kg.records import dropped, records, to_jsonl
from kg.relations import entries
from kg.relations.stored import to_bytes
from kg.text import make_document
from kg.unresolved import uses_to_bytes
from kg.vocab import version

BEGINNING = 80  # code points of an article that could not be read, as the words of its drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """All that one article yields."""

    article: str
    file_name: str
    sha256: str  # of its file
    quads: bytes  # N-Quads of its own named graph: sorted, distinct lines
    records: bytes  # JSON Lines, as in claims.jsonl
    drops: bytes  # JSON Lines, as in dropped.jsonl
    entries: bytes  # of the relation stage: `kg.relations.stored`
    signature: bytes  # of its text, by which copies are found: `kg.copies`
    text: bytes  # where a build has to keep it, because no file holds it
    day: str  # of publication; empty where it is not stated
    names: bytes  # the uses of names that no table has: `kg.unresolved`
    counts: tuple[tuple[str, int], ...]  # claims by type, "quotations", "drops"; sorted by name


def work(article: Article) -> Worked:
    """All that an article yields, with the names in use; equal for equal articles, names and `key`s."""
    return worked(extraction(article))


def without(article: Article, reason: str) -> Worked:
    """What is kept of an article that could not be read: its description, and one drop that gives the reason."""
    start = len(article.text) - len(article.text[article.body_start :].lstrip("\ufeff \t\r\n"))
    words = article.text[start : start + BEGINNING].split("\n")[0].rstrip() or article.text[:1]
    evidence = Evidence(start, start + len(words), words)
    drop = Drop(article=article.id, evidence=evidence, stage="engine", reason=reason)
    return worked(Extraction(article=article, claims=(), quotations=(), drops=(drop,)))


def worked(found: Extraction) -> Worked:
    """An extraction in its stored form."""
    article = found.article
    types = Counter(type(claim).__name__ for claim in found.claims)
    counts = {**types, "quotations": len(found.quotations), "drops": len(found.drops)}
    return Worked(
        article=article.id,
        file_name=article.file_name,
        sha256=article.sha256,
        quads=nquads_of(found),
        records=to_jsonl(records(found.claims, article)),
        drops=to_jsonl(dropped(drop) for drop in found.drops),
        entries=to_bytes(entries(found, country_of, names_in)),
        signature=signature(article.text[article.body_start :]),
        text=article.text.encode() if article.stored else b"",
        day=article.published.value if article.published else "",
        names=uses_to_bytes(found),
        counts=tuple(sorted(counts.items())),
    )


def key(article: Article) -> str:
    """The hash of everything that `work` depends on: text, metadata, identity, and the versions and names in use."""
    values = [_plain(getattr(article, field.name)) for field in fields(article) if field.name != "text"]
    text = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    content = json.dumps([fingerprint(), sorted(versions().items()), text, values], ensure_ascii=True, default=repr)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def extraction(article: Article) -> Extraction:
    """Everything that one article claims; a pure function of its bytes, the versions and the names in use."""
    document = read_metadata(make_document(article))
    return distinct(find_claims(read(document)))


def nquads_of(extracted: Extraction) -> bytes:
    """One article's named graph: sorted, distinct lines of N-Quads."""
    article = extracted.article
    publisher = outlet(article.publisher).actor if article.publisher else None
    writer = author(article.author).actor if article.author else None
    return article_nquads(extracted, lookup=reference_actor, versions=versions(), publisher=publisher, author=writer)


def country_of(place: Place) -> str | None:
    """The key of the state that a place lies in, where the reference data tells."""
    return place.key if place.key.startswith("state:") else place.country or gazetteer().country(place.key)


def names_in(words: str) -> frozenset[str]:
    """The keys of the states and armed groups that some words name."""
    hits = gazetteer().find_names(words)
    return frozenset(hit.keys[0] for hit in hits if hit.kind in ("state", "territory", "armed-group"))


def reference_actor(key: str) -> Actor | None:
    """The actor of the reference data with this key, or None."""
    return gazetteer().actor(key) if gazetteer().knows(key) else None


def versions() -> dict[str, str]:
    """The versions of software and data that a build's output depends on; "names" for a user's own names in use."""
    known = {"kg": kg.__version__, "ontology": version(), "model": model_version()}
    own = "".join(digest for _, digest in sorted(own_names()))
    return known | {"names": hashlib.sha256(own.encode()).hexdigest()[:12]} if own else known


def _plain(value: object) -> object:
    if isinstance(value, Stated):
        at = value.evidence
        return [value.value, [at.start, at.end, at.words] if at else None, value.read_from]
    return value
