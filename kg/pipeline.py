"""The whole run on one page: article → document → mentions → claims → relations → graph → validated → exported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from kg.dataset import dataset_quads
from kg.export import graph_files, manifest, triple_count, write_build
from kg.gazetteer import gazetteer, names_beside, using
from kg.graph.relations import relation_quads, scopes
from kg.ingest import article_from_text, folder_of, read_articles
from kg.iri import article_iri
from kg.model import Claim, Extraction
from kg.records import dropped, records, to_csv, to_jsonl
from kg.relation_model import Relations
from kg.relations import entries, relate
from kg.unresolved import FILE as UNRESOLVED
from kg.unresolved import Unresolved, unresolved
from kg.unresolved import table as unresolved_table
from kg.validate import Report, validate
from kg.vocab import NS
from kg.work import country_of, extraction, names_in, quads_of, versions


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: its folder, the validation's report, counts by name, and the names that no table has."""

    out: Path
    report: Report
    counts: dict[str, int]
    unresolved: tuple[Unresolved, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether the graph violates no shape."""
        return self.report.conforms


def build(articles: Path | str, out: Path | str = "build") -> Summary:
    """Build, validate and export the graph of a folder of articles (or of one file) into `out`.

    `actors.tsv` and `places.tsv` beside the articles lie over our tables of names, see `docs/gazetteer.md`.
    Everything is computed before anything is written; the files then replace a previous build as a
    whole. Raises ArticleError for an input that cannot be read, LexiconError for a mistake in those tables and
    OutputError for a folder that cannot be written; a graph that violates a shape is exported all the same, with
    its report.
    """
    read_in = read_articles(Path(articles))
    with using(names_beside(folder_of(Path(articles)))):
        extractions = [extraction(article) for article in read_in]
        found = relations(extractions)
        quads = [*(quad for e in extractions for quad in quads_of(e)), *relation_quads(found)]
        quads += dataset_quads(read_in, quads, versions(), scopes(found))
        report = validate(quads, {str(NS[article_iri(a.id)]): a.text for a in read_in})
        counts = count(extractions, found, quads)
        missing = unresolved(extractions)
        files = graph_files(quads) | record_files(extractions) | {UNRESOLVED: unresolved_table(missing)}
        files |= report_files(report)
        listed = manifest(read_in, versions(), counts, files, gazetteer().own)
    write_build(Path(out), files | {"manifest.json": listed})
    return Summary(Path(out), report, counts, missing)


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


def relations(extractions: list[Extraction]) -> Relations:
    """How the claims of all articles bear on one another."""
    return relate([entries(extraction, country_of, names_in) for extraction in extractions])


def record_files(extractions: list[Extraction]) -> dict[str, bytes]:
    """The flat records of all claims and the drops, as files."""
    rows = [row for e in extractions for row in records(e.claims, e.article)]
    drops = [dropped(drop) for e in extractions for drop in e.drops]
    return {"claims.jsonl": to_jsonl(rows), "claims.csv": to_csv(rows), "dropped.jsonl": to_jsonl(drops)}


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
