"""Workers behind the endpoint: each request runs in a process that is ended when its time is over.

The store's library cannot stop a query that it has begun, so the process is what gets stopped; pebble starts
another one. A query that crashes its process takes nothing else with it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as Overdue
from typing import ParamSpec

from pebble import ProcessExpired, ProcessPool

from kg.serve.answers import Answer, limit_memory
from kg.serve.settings import Settings

P = ParamSpec("P")
_GRACE = 5.0  # seconds that a running query is given when the endpoint stops


class BusyError(Exception):
    """More requests wait than the endpoint takes."""


class OverdueError(Exception):
    """A request took longer than its time."""


class CrashedError(Exception):
    """A request ended its worker: it ran out of memory or of stack."""


class Pool:
    """A fixed number of worker processes; `run` awaits one answer."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.seconds
        self._most = settings.workers + settings.waiting
        self._now = 0
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kg.serve.answers"])
        self._pool = ProcessPool(
            max_workers=settings.workers, initializer=limit_memory, initargs=(settings.memory,), context=context
        )

    async def run(self, function: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """What `function` gives in a worker; raises BusyError, OverdueError or CrashedError."""
        if self._now >= self._most:
            raise BusyError
        self._now += 1
        try:
            future = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._seconds)
            return await asyncio.wrap_future(future)
        except (Overdue, TimeoutError) as error:
            raise OverdueError from error
        except ProcessExpired as error:
            raise CrashedError from error
        finally:
            self._now -= 1

    def close(self) -> None:
        """Let running requests end for a few seconds, then stop the workers."""
        self._pool.close()  # type: ignore[no-untyped-call]
        try:
            self._pool.join(timeout=_GRACE)
        except TimeoutError:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
