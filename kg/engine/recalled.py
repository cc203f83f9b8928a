"""Lines of inputs that an earlier build has read: how their articles are called, and under which keys they are kept.

What is kept of some lines is found by a hash of the lines, of where they stand, and of all that the articles' keys
depend on; so it is never stale, and the lines are not even parsed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from hashlib import blake2b
from typing import Any

from kg.engine.facts import plain
from kg.engine.store import Store
from kg.ingest import Inputs, Known, content_of
from kg.model import Article
from kg.work import key, versions

AT_ONCE = 20  # blocks that are stored together


class Recalled:
    """What a store knows of the lines of inputs (`kg.ingest.recall.Recall`)."""

    def __init__(self, store: Store, inputs: Inputs) -> None:
        self._store = store
        self._how = plain((store.version, sorted(versions().items()), inputs.fields))
        self._waiting: list[tuple[str, Any]] = []
        self.used: list[str] = []

    def known(self, file: str, first: int, data: bytes) -> tuple[Known, ...] | None:
        """The articles of these bytes, or None where they were not kept."""
        name = self._name(file, first, data)
        rows = self._store.recalled(name)
        if rows is None:
            return None
        self.used.append(name)
        return tuple(Known(*row) for row in rows)

    def keep(self, file: str, first: int, data: bytes, articles: Sequence[Article]) -> None:
        """Keep them; they are stored together with others, at last by `stored`."""
        rows = [astuple(Known(a.id, content_of(a), a.file_name, key(a))) for a in articles]
        name = self._name(file, first, data)
        self.used.append(name)
        self._waiting.append((name, rows))
        if len(self._waiting) >= AT_ONCE:
            self.stored()

    def stored(self) -> None:
        """Store what waits."""
        self._store.put_recalled(self._waiting)
        self._waiting.clear()

    def _name(self, file: str, first: int, data: bytes) -> str:
        digest = blake2b(self._how, digest_size=20)
        digest.update(f"\0{file}\0{first}\0".encode())
        digest.update(data)
        return digest.hexdigest()
