"""What a process does with articles: read each, validate what it says, pack it for the store."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from types import FrameType

from pyoxigraph import RdfFormat, Triple, parse

from kg.cells import cells
from kg.engine.facts import Facts, digest_of, plain, shared, typings, vocabularies
from kg.engine.sealed import Packed, pack
from kg.gazetteer import names_beside, using
from kg.iri import article_iri, graph_iri
from kg.model import Article
from kg.records import to_jsonl
from kg.validate import NamedGraph, Row, validate_graphs
from kg.vocab import NS
from kg.work import Worked, key, without, work

LATE = "Reading it took longer than {:g} seconds."


@dataclass(frozen=True, slots=True)
class Start:
    """How a process begins: with the names beside the articles, and the engine that validates (None: nobody does)."""

    folder: Path | None
    engine: str | None

    def __call__(self) -> Callable[[Sequence[Article]], Iterator[Packed | None]]:
        names = names_beside(self.folder) if self.folder is not None else None

        def job(articles: Sequence[Article]) -> Iterator[Packed | None]:
            if names is None:
                yield from together(articles, self.engine)
                return
            with using(names):
                yield from together(articles, self.engine)

        return job


def together(articles: Sequence[Article], engine: str | None) -> Iterator[Packed | None]:
    """None for each article that is read; then all of them, validated in one go."""
    done: list[tuple[Article, Worked, str]] = []
    for article in articles:
        done.append((article, *read(article)))
        yield None
    rows = checked(((w, a) for a, w, _ in done), engine) if engine else {}
    for article, worked, lost in done:
        yield packed(key(article), worked, lost, rows.get(graph_iri(article.id)))


def read(article: Article) -> tuple[Worked, str]:
    """What an article yields, and why it was given up where it was: a fault of ours stops no build of thousands."""
    try:
        return work(article), ""
    except Exception as error:  # noqa: BLE001 - recorded with the article
        reason = f"Reading it failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})."
        return without(article, reason), reason


def packed(name: str, worked: Worked, lost: str = "", rows: bytes | None = None) -> Packed:
    """What an article yields, in the form of the store."""
    graph = graph_iri(worked.article)
    facts = Facts(
        key=name,
        graph=graph,
        digest=digest_of(worked.quads),
        triples=worked.quads.count(b"\n"),
        vocabularies=vocabularies(worked.quads),
        article=worked.article,
        node=article_iri(worked.article),
        file_name=worked.file_name,
        sha256=worked.sha256,
        counts=worked.counts,
        lost=lost,
        day=worked.day,
    )
    parts = {
        part: getattr(worked, part) for part in ("quads", "records", "drops", "entries", "names", "signature", "text")
    }
    return pack(facts, parts | read_off(worked), rows)


def read_off(worked: Worked) -> dict[str, bytes]:
    """What is read off an article's graph: its rows of tables, the classes of its nodes, what other graphs may say."""
    graph = graph_iri(worked.article)
    typed = typings(worked.quads, graph) if worked.entries else b""
    steps, leads = cells(worked.quads) if worked.entries else ([], [])
    parts = {"steps": to_jsonl(steps), "cells": plain(leads) if leads else b""}
    return parts | {"shared": shared(worked.quads, graph), "types": typed}


def given_up(article: Article, reason: str, late: bool, timeout: float, engine: str | None) -> Packed:
    """The same of an article that was given up; one that took too long is kept for this time box alone."""
    worked = without(article, reason)
    name = late_key(key(article), timeout) if late else f"{key(article)} lost"
    rows = checked([(worked, article)], engine) if engine else {}
    return packed(name, worked, reason, rows.get(graph_iri(article.id)))


def late_key(name: str, timeout: float) -> str:
    """The key of an article that takes longer than so many seconds."""
    return f"{name} {timeout:g}"


def checked(done: Iterable[tuple[Worked, Article]], engine: str) -> dict[str, bytes]:
    """The results of validating articles' graphs by the graphs' local names, in the form of the store."""
    graphs, texts = [], {}
    for worked, article in done:
        texts[str(NS[article_iri(article.id)])] = article.text
        graphs.append(NamedGraph(f"<{NS[graph_iri(article.id)]}>", triples_of(worked.quads)))
    space = len(str(NS[""])) + 1
    return {name[space:-1]: rows_to_bytes(rows) for name, rows in validate_graphs(graphs, texts, engine)}


def triples_of(quads: bytes) -> tuple[Triple, ...]:
    """The triples of some N-Quads."""
    return tuple(quad.triple for quad in parse(quads, format=RdfFormat.N_QUADS))


def rows_to_bytes(rows: Iterable[Row]) -> bytes:
    """Results of a validation as JSON."""
    return plain(astuple(row) for row in rows)


def rows_from_bytes(data: bytes) -> tuple[Row, ...]:
    """What `rows_to_bytes` wrote."""
    return tuple(Row(*values) for values in json.loads(data))


class LateError(BaseException):
    """An article took too long. Not an Exception, so that nothing on the way takes it for one of its own."""


@contextmanager
def time_box(seconds: float) -> Iterator[None]:
    """Raise LateError inside the block when it lasts longer; only the main thread can be told."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_number: int, _frame: FrameType | None) -> None:
        raise LateError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
