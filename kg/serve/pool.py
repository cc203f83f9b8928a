"""Workers behind the endpoint: each request runs in a process that is ended when its time is over.

The store's library cannot stop a query that it has begun, so the process is what gets stopped, with pebble. Each
worker is a pool of one, so that a request that crashes its process takes no other with it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from concurrent.futures import TimeoutError as Overdue

from pebble import CONSTS, ProcessExpired, ProcessPool

from kg.serve.answers import Answer, limit_memory
from kg.serve.settings import Settings

CONSTS.term_timeout = 0.1  # pebble asks politely for seconds first, which a worker deep in a query never hears
_GRACE = 5.0  # seconds that running requests are given when the endpoint stops


class BusyError(Exception):
    """More requests wait than the endpoint takes."""


class OverdueError(Exception):
    """A request took longer than its time."""


class CrashedError(Exception):
    """A request ended its worker: it ran out of memory or of stack."""


class Pool:
    """A fixed number of worker processes; `run` awaits one answer. To be made where an event loop runs."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._most = settings.workers + settings.waiting
        self._now = 0
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.serve.answers", "kg.serve.pages"])
        self._idle: asyncio.Queue[ProcessPool] = asyncio.Queue()
        for _ in range(settings.workers):
            self._idle.put_nowait(self._worker())

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """What `work` gives in a worker; raises BusyError, OverdueError or CrashedError."""
        if self._now >= self._most:
            raise BusyError
        self._now += 1
        try:
            return await self._in_worker(work)
        finally:
            self._now -= 1

    async def close(self) -> None:
        """Let running requests end for a few seconds, then stop the workers."""
        workers: list[ProcessPool] = []
        try:
            async with asyncio.timeout(_GRACE):
                while len(workers) < self._settings.workers:
                    workers.append(await self._idle.get())
        except TimeoutError:
            pass  # what still runs goes with the process
        for worker in workers:
            await asyncio.to_thread(_stop, worker)

    async def _in_worker(self, work: Callable[[], Answer]) -> Answer:
        worker = await self._idle.get()
        sound = False
        try:
            done: Answer = await asyncio.wrap_future(worker.schedule(work, timeout=self._settings.seconds))
            sound = True
            return done
        except (Overdue, TimeoutError) as error:
            raise OverdueError from error
        except (BrokenExecutor, ProcessExpired) as error:
            raise CrashedError from error
        finally:
            # Also where the client has gone: a worker that may still be at work is not used again.
            self._idle.put_nowait(worker if sound else self._worker())
            if not sound:
                await asyncio.shield(asyncio.to_thread(_stop, worker))

    def _worker(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1, initializer=limit_memory, initargs=(self._settings.memory,), context=self._context
        )


def _stop(worker: ProcessPool) -> None:
    worker.stop()  # type: ignore[no-untyped-call]
    worker.join()
