"""How far a build is, on standard error: a bar with rate and remaining time for people, a line a minute for logs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.engine.reading import Progress

EVERY = 60.0  # seconds between two lines of a log


@contextmanager
def reported(words: str) -> Iterator[Callable[[Progress], None]]:
    """What a build calls as it goes on, inside the block; a build that takes less than a minute leaves no line."""
    if not sys.stderr.isatty():
        yield _logged()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None, rate="")

        def told(progress: Progress) -> None:
            rate = f"{progress.rate:,.0f}/s"
            bar.update(task, total=progress.total, completed=progress.done, rate=rate)

        yield told


def _logged() -> Callable[[Progress], None]:
    last = time.monotonic()

    def told(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            click.echo(line(progress), err=True)

    return told


def line(progress: Progress) -> str:
    """One line of a log: how many of how many, how fast, and how long it will take.

    >>> from kg.engine.reading import Progress
    >>> line(Progress(total=3_000, done=1_000, fresh=900, began=time.monotonic() - 100))
    'kg: 1,000 of 3,000 articles, 900 of them read anew, 10 a second, 3 min left'
    """
    whole = f" of {progress.total:,}" if progress.total is not None else ""
    left = ""
    if progress.total is not None and progress.rate:
        left = f", {max(0, progress.total - progress.done) / progress.rate / 60:,.0f} min left"
    lost = f", {progress.lost:,} dropped" if progress.lost else ""
    read = f"{progress.done:,}{whole} articles, {progress.fresh:,} of them read anew{lost}"
    return f"kg: {read}, {progress.rate:,.0f} a second{left}"
