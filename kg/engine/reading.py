"""Articles → stored facts: what the store has is not read again; all else is, here or in processes beside this one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from kg.engine.job import LateError as Late
from kg.engine.job import Start, given_up, late_key, packed, read, time_box
from kg.engine.listing import Listing
from kg.engine.pool import parallel
from kg.engine.sealed import Packed
from kg.engine.store import Store
from kg.errors import ArticleError
from kg.ingest import Block, Broken
from kg.model import Article
from kg.validate import FAST
from kg.work import key

FEW = 48  # articles that are worked on in this process: others would take longer to start than to do it
SHORT = 400_000  # code points of all of these together
LARGE = 2_000  # articles of a corpus in which even a few new ones are read beside: the model's memory goes with them
AT_ONCE = 64  # results that are stored together
Told = Callable[["Progress"], None]


@dataclass(slots=True)
class Progress:
    """How far the reading is."""

    total: int | None
    done: int = 0
    fresh: int = 0  # of these, read and not found in the store
    lost: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Articles a second since the beginning."""
        return self.done / max(1e-9, time.monotonic() - self.began)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a build works; none of it changes what is written, but `timeout` for an article that is over it."""

    workers: int | None = None  # None: one for a few articles, else one for each core
    timeout: float = 60.0
    engine: str | None = None  # of the validation; None: by size
    folder: Path | None = None  # that may hold names of the user's own
    total: int | None = None  # articles, where that is known
    told: Told = lambda _: None


@dataclass(slots=True)
class Read:
    """All articles of a build, and the texts of the first few."""

    listing: Listing
    texts: dict[str, str]
    few: bool
    broken: list[Broken] = field(default_factory=list)


def read_all(items: Iterable[Article | Broken | Block], store: Store, settings: Settings) -> Read:
    """Every article's facts, and what is broken; each article is in the store when this returns.

    Raises ArticleError for two articles with one id, and for none at all.
    """
    listing = Listing(store)
    texts: dict[str, str] = {}
    broken: list[Broken] = []
    progress = Progress(settings.total)
    engine = settings.engine or FAST
    size = seen = 0

    def one_by_one() -> Iterator[Article | Broken]:
        """Blocks as their articles, but for those that are taken in together."""
        nonlocal seen
        for item in items:
            if not isinstance(item, Block):
                yield item
            elif seen >= FEW and _taken(listing, item, engine):
                seen += len(item.known)
                progress.done += len(item.known)
                settings.told(progress)
            else:
                yield from item.again()

    def missing() -> Iterator[Article]:
        nonlocal size, seen
        for article in one_by_one():
            if isinstance(article, Broken):
                broken.append(article)
                continue
            if not listing.is_new(article.id):
                raise ArticleError(
                    f"{article.file_name}: has the same id as another article ({article.id!r}); rename one"
                )
            seen += 1
            size += len(article.text)
            few = seen <= FEW and size <= SHORT
            if few:
                texts[article.id] = article.text
            name = key(article)
            known = store.facts(name) or store.facts(late_key(name, settings.timeout))
            if known is None or not (few or store.rows(f"{known.key} {engine}") is not None):
                yield article
            else:
                listing.add(known)
                progress.done += 1
                if progress.done % AT_ONCE == 0:
                    settings.told(progress)

    unread = missing()
    first = list(islice(unread, FEW + 1))
    small = len(first) <= FEW and sum(len(article.text) for article in first) <= SHORT and (settings.workers or 1) == 1
    if not first or (small and seen <= LARGE):
        results = _here(first, settings)
    else:
        results = _beside(first, unread, settings, 1 if small else settings.workers or cores())
    for batch in _batches(results):
        with store.writing():
            for packed_one in batch:
                facts = packed_one.facts
                store.put(packed_one)
                if packed_one.rows is not None:
                    store.put_rows(f"{facts.key} {engine}", packed_one.rows)
                listing.add(facts)
                progress.fresh += 1
                progress.done += 1
                progress.lost += bool(facts.lost)
        settings.told(progress)
    if not listing.number:
        raise ArticleError("there is no article to read; name a folder or file that holds one")
    return Read(listing, texts, listing.number <= FEW and size <= SHORT, broken)


def _taken(listing: Listing, block: Block, engine: str) -> bool:
    """List all articles of a block, if each is in the store, and validated; else none."""
    store, keys = listing.store, [one.key for one in block.known]
    facts = store.facts_of(keys)
    rows = store.rows_of([f"{key} {engine}" for key in keys])
    if len(facts) < len(keys) or len(rows) < len(keys) or not listing.are_new([one.id for one in block.known]):
        return False
    listing.add_all([facts[key] for key in keys])
    return True


def _here(articles: Iterable[Article], settings: Settings) -> Iterator[Packed]:
    """In this process; an article that takes too long is interrupted."""
    for article in articles:
        try:
            with time_box(settings.timeout):
                done = packed(key(article), *read(article))
        except Late:
            reason = f"Reading it took longer than {settings.timeout:g} seconds."
            done = given_up(article, reason, late=True, timeout=settings.timeout, engine=None)
        yield done


def _beside(first: list[Article], rest: Iterator[Article], settings: Settings, workers: int) -> Iterator[Packed]:
    engine = settings.engine or FAST

    def chained() -> Iterator[Article]:
        while first:
            yield first.pop(0)
        yield from rest

    lost = partial(given_up, timeout=settings.timeout, engine=engine)
    yield from parallel(chained(), Start(settings.folder, engine), lost, workers, settings.timeout)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def _batches(results: Iterator[Packed]) -> Iterator[list[Packed]]:
    """What is ready, together: a process that is killed loses no more than this and what was in work."""
    batch: list[Packed] = []
    began = time.monotonic()
    for result in results:
        batch.append(result)
        if len(batch) >= AT_ONCE or time.monotonic() - began > 1:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch
