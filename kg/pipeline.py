"""The whole run on one page: articles → what each says → how that hangs together → validated → files.

One article's way, from its text over mentions and claims to a graph, is `kg.work`. Everything here is done for two
articles as for a hundred thousand: what an article yields goes into a store (`kg.engine`), from which the relations,
the report and the files are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.engine.checks import report_on
from kg.engine.lock import locked
from kg.engine.outputs import Corpus, packed_files, plain_files
from kg.engine.reading import Settings, read_all
from kg.engine.related import related, related_beside
from kg.engine.store import DamagedError, Store, opened
from kg.export import manifest_of, write_build
from kg.fingerprint import fingerprint
from kg.gazetteer import gazetteer, names_beside, using
from kg.ingest import article_from_text, find_articles, folder_of, read_article
from kg.model import Claim
from kg.unresolved import Unresolved, merged
from kg.unresolved import table as unresolved_table
from kg.validate import Report
from kg.work import extraction, versions


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: its folder, the validation's report, counts by name, and the names that no table has."""

    out: Path
    report: Report
    counts: Mapping[str, int]
    unresolved: tuple[Unresolved, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()  # articles that could not be read, with the reason

    @property
    def conforms(self) -> bool:
        """Whether the graph violates no shape."""
        return self.report.conforms


def build(
    articles: Path | str,
    out: Path | str = "build",
    *,
    cache: Path | str | None = None,
    packed: bool | None = None,
    settings: Settings | None = None,
) -> Summary:
    """Build, validate and export the graph of a folder of articles (or of one file) into `out`.

    `actors.tsv` and `places.tsv` beside the articles lie over our tables of names, see `docs/gazetteer.md`. `cache`
    is the folder of the store, which makes a further build read instead of parse; without one nothing is kept.
    Corpora of many articles are written `packed`, see `docs/scale.md`.

    Everything is computed before anything is written; the files then replace a previous build as a
    whole. Raises ArticleError for an input that cannot be read, LexiconError for a mistake in those tables and
    OutputError for a folder that cannot be written; a graph that violates a shape is exported all the same, with
    its report.
    """
    folder = folder_of(Path(articles))
    with locked(Path(out)), using(names_beside(folder)):
        while True:
            with opened(Path(cache) if cache else None, fingerprint()) as store:
                try:
                    return _built(Path(articles), Path(out), store, settings or Settings(), packed)
                except DamagedError:
                    continue  # what was damaged is forgotten, and is made anew


def _built(articles: Path, out: Path, store: Store, settings: Settings, packed: bool | None) -> Summary:
    files = find_articles(articles).files
    settings = replace(settings, folder=folder_of(articles), total=len(files))
    read = read_all(map(read_article, files), store, settings)
    found = related(store, read.facts) if read.few else related_beside(store, read.facts, fingerprint())
    report = report_on(store, read.facts, found, read.texts, read.few, settings.engine, settings.workers or 1)
    missing = merged(store.part(facts, "names") for facts in read.facts if "names" in facts.filled)
    corpus = Corpus(store, read.facts, found, report, versions(), unresolved_table(missing))
    large = corpus.is_large if packed is None else packed
    written, counts = packed_files(corpus, out) if large else plain_files(corpus)
    inputs = "inputs.jsonl.zst" if large else [(f.article, f.file_name, f.sha256) for f in read.facts]

    def listed(outputs: Mapping[str, str]) -> bytes:
        return manifest_of(inputs, versions(), counts, outputs, gazetteer().own)

    write_build(out, written, listed)
    store.prune(facts.key.partition(" ")[0] for facts in (*read.facts, *found.graphs))
    lost = tuple((facts.article, facts.lost) for facts in read.facts if facts.lost)
    return Summary(out, report, counts, missing, lost)


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
