"""The whole run on one page: article → document → mentions → claims → relations → graph → validated → exported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Quad

import kg
from kg.claims import find_claims
from kg.claims.sources.page import author, outlet
from kg.copies import Signed, copies, originals, signature
from kg.dataset import dataset_quads
from kg.export import graph_files, manifest, triple_count, write_build
from kg.gazetteer import gazetteer, names_beside, using
from kg.graph import article_quads, distinct
from kg.graph.copies import copy_quads, scope
from kg.graph.relations import relation_quads, scopes
from kg.ingest import Broken, Inputs, article_from_text, folder_of, left_out, read_corpus
from kg.iri import article_iri
from kg.mentions import read
from kg.metadata import read_metadata
from kg.model import Actor, Article, Claim, Extraction, Place
from kg.nlp import model_version
from kg.paths import text_file
from kg.records import dropped, records, to_csv, to_jsonl
from kg.relation_model import Relations
from kg.relations import entries, relate
from kg.store import store_quads
from kg.text import make_document
from kg.unresolved import FILE as UNRESOLVED
from kg.unresolved import Unresolved, unresolved
from kg.unresolved import table as unresolved_table
from kg.validate import Report, validate
from kg.vocab import NS, version

DEFAULT = Inputs()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: its folder, the validation's report, counts by name, and the names that no table has."""

    out: Path
    report: Report
    counts: dict[str, int]
    unresolved: tuple[Unresolved, ...] = ()
    left_out: tuple[Broken, ...] = ()  # records that were not read

    @property
    def conforms(self) -> bool:
        """Whether the graph violates no shape."""
        return self.report.conforms


def build(articles: Path | str, out: Path | str = "build", inputs: Inputs = DEFAULT) -> Summary:
    """Build, validate and export the graph of a folder of articles (or of one file) into `out`.

    `actors.tsv` and `places.tsv` beside the articles lie over our tables of names, see `docs/gazetteer.md`.
    Everything is computed before anything is written; the files then replace a previous build as a
    whole. Raises ArticleError for an input that cannot be read, LexiconError for a mistake in those tables and
    OutputError for a folder that cannot be written; a graph that violates a shape is exported all the same, with
    its report.
    """
    read_in, broken = read_corpus(Path(articles), inputs)
    with using(names_beside(folder_of(Path(articles)))):
        extractions = [extraction(article) for article in read_in]
        texts = copies(signed(extraction) for extraction in extractions)
        found = relations(extractions, originals(texts))
        quads = [*(quad for e in extractions for quad in quads_of(e)), *relation_quads(found), *copy_quads(texts)]
        quads += dataset_quads(read_in, quads, versions(), scopes(found) | {scope(text) for text in texts})
        report = validate(quads, {str(NS[article_iri(a.id)]): a.text for a in read_in})
        counts = count(extractions, found, quads)
        counts |= {"copies": sum(len(text.later) for text in texts)} if texts else {}
        missing = unresolved(extractions)
        files = graph_files(quads) | record_files(extractions) | {UNRESOLVED: unresolved_table(missing)}
        files |= report_files(report) | text_files(read_in)
        files["dropped.jsonl"] += to_jsonl(left_out(broken, Path(articles)))
        listed = manifest(read_in, versions(), counts, files, gazetteer().own)
    write_build(Path(out), files | {"manifest.json": listed})
    store_quads(Path(out), quads)
    return Summary(Path(out), report, counts, missing, tuple(broken))


def extraction(article: Article) -> Extraction:
    """Everything that one article claims; a pure function of its bytes, the versions and the names in use."""
    document = read_metadata(make_document(article))
    return distinct(find_claims(read(document)))


def extract(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    url: str | None = None,
) -> list[Claim]:
    """The claims of one text in memory, in the order in which they stand in it.

    >>> text = "On Friday, shelling killed at least 12 civilians, the ministry said."
    >>> claim = extract(text, published="2024-05-05")[0]
    >>> claim.amount.low, claim.amount.high, claim.kinds, claim.population.words, claim.as_of.edtf
    (12, None, ('killed',), 'civilians', '2024-05-03')
    >>> claim.origins[0].evidence.words
    'the ministry'
    """
    article = article_from_text(text, published=published, title=title, publisher=publisher, author=author, url=url)
    return list(extraction(article).claims)


def quads_of(extracted: Extraction) -> list[Quad]:
    """The quads of one article's named graph."""
    article = extracted.article
    publisher = outlet(article.publisher).actor if article.publisher else None
    writer = author(article.author).actor if article.author else None
    return article_quads(extracted, lookup=reference_actor, versions=versions(), publisher=publisher, author=writer)


def signed(extracted: Extraction) -> Signed:
    """What tells an article from copies of its text: its id, its day and its text's signature."""
    article = extracted.article
    return article.id, article.published_on, signature(article.text[article.body_start :])


def relations(extractions: list[Extraction], first: Mapping[str, str] = MappingProxyType({})) -> Relations:
    """How the claims of all articles bear on one another; `first` is of the articles that carry one text, by id."""
    return relate(
        [
            [replace(entry, original=first.get(entry.article)) for entry in entries(extraction, country_of, names_in)]
            for extraction in extractions
        ]
    )


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
    own = "".join(digest for _, digest in sorted(gazetteer().own))
    return known | {"names": hashlib.sha256(own.encode()).hexdigest()[:12]} if own else known


def record_files(extractions: list[Extraction]) -> dict[str, bytes]:
    """The flat records of all claims and the drops, as files."""
    rows = [row for e in extractions for row in records(e.claims, e.article)]
    drops = [dropped(drop) for e in extractions for drop in e.drops]
    return {"claims.jsonl": to_jsonl(rows), "claims.csv": to_csv(rows), "dropped.jsonl": to_jsonl(drops)}


def text_files(articles: list[Article]) -> dict[str, bytes]:
    """The texts that were taken out of pages and records, by their hashes: what offsets count in."""
    return {text_file(article.sha256): article.text.encode() for article in articles if article.stored}


def report_files(report: Report) -> dict[str, bytes]:
    """The validation's report for machines and for people."""
    return {"shacl-report.ttl": report.to_turtle(), "shacl-report.txt": report.table().encode()}


def count(extractions: list[Extraction], found: Relations, quads: list[Quad]) -> dict[str, int]:
    """How many articles, claims by type, quotations, drops, relations and triples a build holds."""
    types = Counter(type(claim).__name__ for e in extractions for claim in e.claims)
    return {
        "articles": len(extractions),
        **{name: types[name] for name in sorted(types)},
        "quotations": sum(len(e.quotations) for e in extractions),
        "drops": sum(len(e.drops) for e in extractions),
        "figures": len(found.figures),
        "relations": len(found.relations),
        "derived claims": len(found.derived),
        "triples": triple_count(quads),
    }
