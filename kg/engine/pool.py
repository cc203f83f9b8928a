"""Processes that work on articles: chunk by chunk, with a time box for each article, whatever becomes of a process.

The parent hands a chunk to a process that has nothing to do and takes in no more articles than that, so that memory
does not grow with the corpus. A process that dies, or is over its time, is ended and replaced; what it had not
finished is worked on again, and the article that it was at is tried once more by itself before it is given up.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import KgError
from kg.model import Article

MOST = 32  # articles in a chunk
LONGEST = 200_000  # code points in a chunk, unless one article has more
LARGEST = (
    600 * 1_048_576
)  # resident bytes of a process that is replaced, for the parser's tables grow with what it reads
PATIENCE = 120.0  # seconds that a process may take to load the language model
Result = TypeVar("Result")
Job = Callable[[Sequence[Article]], Iterator[Result | None]]
"""Yields None when it is done with an article, in order; then the results of the whole chunk."""
Start = Callable[[], "Job[Result]"]


class WorkerError(KgError):
    """Worker processes that cannot be started, or a fault of the program inside one."""


@dataclass(frozen=True, slots=True)
class _Fault:
    words: str
    expected: bool


@dataclass(slots=True)
class _Worker(Generic[Result]):
    process: BaseProcess
    connection: Connection
    since: float
    ready: bool = False
    chunk: tuple[Article, ...] = ()
    done: int = 0


@dataclass(slots=True)
class _Feed:
    """Articles in chunks; what has to be done again comes first."""

    articles: Iterator[Article]
    again: deque[tuple[Article, ...]] = field(default_factory=deque)
    left: Article | None = None

    def next(self) -> tuple[Article, ...]:
        """The next chunk; empty when there is none."""
        if self.again:
            return self.again.popleft()
        chunk: list[Article] = []
        size = 0
        while len(chunk) < MOST:
            article = self.left or next(self.articles, None)
            self.left = None
            if article is None:
                break
            if chunk and size + len(article.text) > LONGEST:
                self.left = article
                break
            chunk.append(article)
            size += len(article.text)
        return tuple(chunk)


def parallel(
    articles: Iterable[Article],
    start: Start[Result],
    lost: Callable[[Article, str, bool], Result],
    workers: int,
    timeout: float,
) -> Iterator[Result]:
    """The results of all articles, in the order in which they are done.

    `start` is called once in each process and gives the job; `lost` makes the result of an article that was given up
    out of the reason and whether that was for the time that it took. Raises WorkerError where a job itself is at fault.
    """
    feed = _Feed(iter(articles))
    ahead: deque[tuple[Article, ...]] = deque()
    tried: set[str] = set()
    busy: list[_Worker[Result]] = []
    idle: list[_Worker[Result]] = []
    try:
        while True:
            while len(ahead) < max(1, len(idle)) and (chunk := feed.next()):
                ahead.append(chunk)
            while ahead and len(busy) + len(idle) < workers and len(idle) < len(ahead):
                worker = _started(start)
                (idle if worker.ready else busy).append(worker)
            while ahead and idle:
                busy.append(_handed(idle.pop(), ahead.popleft()))
            if not busy:
                break
            if not ahead and (chunk := feed.next()):
                ahead.append(chunk)
            for worker in _heard(busy, timeout):
                message = _received(worker, timeout)
                if isinstance(message, _Fault):
                    raise (WorkerError if message.expected else RuntimeError)(message.words)
                if isinstance(message, str):
                    busy.remove(worker)
                    yield from _given_up(worker, message, feed, tried, lost, timeout)
                elif isinstance(message, list):
                    busy.remove(worker)
                    worker.chunk = ()
                    idle.append(worker) if _small(worker) else _end(worker)
                    yield from message
                elif not worker.ready:
                    worker.ready = True
                    busy.remove(worker)
                    idle.append(worker)
                else:
                    worker.done += 1
                    worker.since = time.monotonic()
    finally:
        for worker in (*busy, *idle):
            _end(worker)


def warm_up() -> None:
    """Have the process begin that others are forked from: it loads the model while this one does something else."""
    _context()
    forkserver.ensure_running()


def _context() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["kg.engine.warm"])
    return context


def _started(start: Start[Result]) -> _Worker[Result]:
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, start), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, time.monotonic())


def _handed(worker: _Worker[Result], chunk: tuple[Article, ...]) -> _Worker[Result]:
    worker.chunk, worker.done, worker.since = chunk, 0, time.monotonic()
    with suppress(OSError):  # it has died: its end is heard of next
        worker.connection.send(chunk)
    return worker


def _heard(busy: Sequence[_Worker[Result]], timeout: float) -> list[_Worker[Result]]:
    """The processes that have sent something, have ended, or are over their time."""
    now = time.monotonic()
    limit = {id(worker): worker.since + (timeout if worker.ready else PATIENCE) for worker in busy}
    patience = max(0.0, min(limit.values()) - now)
    heard = set(wait([worker.connection for worker in busy], patience))
    now = time.monotonic()
    return [worker for worker in busy if worker.connection in heard or limit[id(worker)] <= now]


def _received(worker: _Worker[Result], timeout: float) -> object:
    """A message; the reason as words where the process has ended or is ended here."""
    try:
        # What it has sent counts before the clock: the parent may have been away.
        if worker.connection.poll():
            return worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(1)
        code = worker.process.exitcode
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return f"Reading it ended its process twice ({how})."
    return f"Reading it took longer than {timeout:g} seconds."


def _given_up(
    worker: _Worker[Result],
    reason: str,
    feed: _Feed,
    tried: set[str],
    lost: Callable[[Article, str, bool], Result],
    timeout: float,
) -> Iterator[Result]:
    """End a process; its chunk is worked on again without the article that it was at, which is tried again or lost."""
    _end(worker)
    late = reason == f"Reading it took longer than {timeout:g} seconds."
    if not worker.ready:
        raise WorkerError(f"worker processes cannot be started ({reason}); run with --workers 1 to see why")
    at = min(worker.done, len(worker.chunk) - 1)
    article = worker.chunk[at]
    rest = worker.chunk[:at] + worker.chunk[at + 1 :]
    if rest:
        feed.again.append(rest)
    if late or article.id in tried:
        yield lost(article, reason, late)
    else:
        tried.add(article.id)
        feed.again.append((article,))


def _end(worker: _Worker[Result]) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _small(worker: _Worker[Result]) -> bool:
    return resident(worker.process.pid or 0) < LARGEST


def resident(pid: int) -> int:
    """The resident bytes of a process; 0 where that is not known."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _serve(connection: Connection, start: Start[Result]) -> None:
    """The life of a process: it ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        job = start()
        connection.send(None)
        while True:
            results: list[Result] = []
            for result in job(connection.recv()):
                if result is None:
                    connection.send(None)
                else:
                    results.append(result)
            connection.send(results)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except KgError as error:
        connection.send(_Fault(str(error), expected=True))
    except Exception:  # noqa: BLE001 - the parent raises it
        connection.send(_Fault(f"in a worker process: {traceback.format_exc()}", expected=False))
