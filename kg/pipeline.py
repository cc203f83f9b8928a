"""The whole run on one page: articles → what each says → how that hangs together → validated → files.

One article's way, from its text over mentions and claims to a graph, is `kg.work`. Everything here is done for two
articles as for a hundred thousand: what an article yields goes into a store (`kg.engine`), from which the relations,
the report and the files are made.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from kg.engine.checks import report_on
from kg.engine.holding import Corpus
from kg.engine.lock import locked
from kg.engine.outputs import files_of
from kg.engine.pool import warm_up
from kg.engine.pruning import prune
from kg.engine.reading import LARGE, Settings, read_all
from kg.engine.recalled import Recalled
from kg.engine.related import relations
from kg.engine.served import served
from kg.engine.store import DamagedError, Store, opened
from kg.engine.summary import Summary, files_read, noted, size_before, unchanged, untouched
from kg.errors import OutputError
from kg.export import manifest_of, write_build
from kg.fingerprint import fingerprint
from kg.gazetteer import own_names, using_beside
from kg.ingest import Inputs, article_from_text, folder_of, iter_articles, left_out
from kg.model import Claim
from kg.records import to_jsonl
from kg.unresolved import merged
from kg.unresolved import table as unresolved_table
from kg.work import extraction, versions

DEFAULT = Inputs()
ATTEMPTS = 4  # what is damaged in the store is forgotten and made anew, at last the whole of it


def build(
    articles: Path | str,
    out: Path | str = "build",
    inputs: Inputs = DEFAULT,
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
    with locked(Path(out)), using_beside(folder):
        for attempt in range(ATTEMPTS):
            with (
                suppress(DamagedError),
                opened(Path(cache) if cache else None, fingerprint(), anew=attempt > 1) as store,
            ):
                given = settings or Settings()
                files = files_read(Path(articles), inputs, given, packed) if cache else ""
                return _built(Path(articles), inputs, Path(out), store, given, packed, files)
        raise OutputError(f"{cache}: the cache is damaged time and again; check the disk, or use --cache none")


def _built(
    articles: Path, inputs: Inputs, out: Path, store: Store, settings: Settings, packed: bool | None, files: str
) -> Summary:
    settings = replace(settings, folder=folder_of(articles))
    before = untouched(store, out, files)
    if before is not None:
        return before
    if size_before(store, out) > LARGE and settings.workers != 1:
        warm_up()  # beside what comes first: something has changed, and is likely to be read
    recalled = Recalled(store, inputs)
    read = read_all(iter_articles(articles, inputs, recalled), store, settings)
    recalled.stored()
    before = unchanged(store, out, read, settings, packed)
    if before is not None:
        return before
    listing = read.listing
    found = relations(listing)
    report = report_on(read, settings)
    missing = merged(listing.part("names"))
    unread = to_jsonl(left_out(read.broken, articles))
    corpus = Corpus(listing, found, report, versions(), unresolved_table(missing), unread)
    written = files_of(corpus, out, packed)
    listed = partial(manifest_of, written.inputs, versions(), written.counts, own_names=own_names())
    write_build(out, written.files, listed, partial(served, listing, written.described))
    summary = Summary(out, report, written.counts, missing, tuple(sorted(listing.lost)), tuple(read.broken))
    used = chain((key for (key,) in listing.columns("graph", "key")), (facts.key for facts in found.tables))
    prune(store, (key.partition(" ")[0] for key in used), found.steps.keys() if found.steps else None, recalled.used)
    written.noted()
    noted(store, summary, read, settings, packed, files)
    return summary


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
