"""Worker processes: every article has one result, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence

import pytest

from kg.engine import pool
from kg.engine.pool import WorkerError, parallel
from kg.ingest import article_from_text
from kg.model import Article

SOON = 3.0


class Job:
    """Says in capitals what an article says; some words are orders."""

    def __call__(self) -> Job:
        return self

    def run(self, articles: Sequence[Article]) -> Iterator[str | None]:
        for article in articles:
            if "sleep" in article.text:
                time.sleep(60)
            if "die" in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "fail" in article.text:
                raise ValueError("a fault of the program")
            yield None
        yield from (f"{article.id}: {article.text.upper()}" for article in articles)


def start() -> object:
    return Job().run


def lost(article: Article, reason: str, late: bool) -> str:
    return f"{article.id}: {reason} {late}"


def results(texts: Sequence[str], workers: int = 2, timeout: float = SOON) -> list[str]:
    articles = (article_from_text(text, f"{number:03}") for number, text in enumerate(texts))
    return sorted(parallel(articles, start, lost, workers, timeout))  # type: ignore[arg-type]


def test_every_article_has_its_result() -> None:
    texts = [f"text {number}" for number in range(100)]
    assert results(texts) == [f"{number:03}: TEXT {number}" for number in range(100)]


def test_articles_are_taken_in_as_they_are_worked_on() -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield article_from_text("text", str(taken))

    found = parallel(endless(), start, lost, 2, SOON)  # type: ignore[arg-type]
    for _ in range(100):
        next(found)
    assert taken < 100 + 6 * pool.MOST
    found.close()  # type: ignore[attr-defined]


def test_one_that_takes_too_long_is_given_up_and_its_chunk_is_not() -> None:
    texts = ["one", "two", "sleep", "three"]
    assert results(texts, workers=1) == [
        "000: ONE", "001: TWO", "002: Reading it took longer than 3 seconds. True", "003: THREE",
    ]  # fmt: skip


def test_one_that_ends_its_process_is_tried_again_by_itself_and_given_up() -> None:
    texts = ["one", "die", "two"]
    assert results(texts, workers=1) == [
        "000: ONE", "001: Reading it ended its process twice (SIGKILL). False", "002: TWO",
    ]  # fmt: skip


def test_a_fault_of_the_program_ends_the_run() -> None:
    with pytest.raises(RuntimeError, match="a fault of the program"):
        results(["one", "fail"])


def test_a_process_that_cannot_start_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 5.0)
    with pytest.raises(WorkerError, match="--workers 1"):
        list(parallel([article_from_text("one")], os.abort, lost, 1, SOON))  # type: ignore[arg-type]


def test_no_article_needs_no_process() -> None:
    assert results([]) == []
