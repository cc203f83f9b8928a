"""Two articles with one id: the same article again, or a mistake; told with both places.

The ids that were seen stand in a temporary SQLite database, which stays in memory while it is small.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence

from kg.ingest.recall import Known
from kg.ingest.values import Broken
from kg.model import Article


class Seen:
    """The ids that were read so far, with the digest of what each article says and its place."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._known = sqlite3.connect("", isolation_level=None)
        self._known.execute("PRAGMA journal_mode=OFF")
        self._known.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, content TEXT, place TEXT) WITHOUT ROWID")

    def checked(self, article: Article, path: str, place: str) -> Article | Broken:
        """The article, or why it is not read: `place` is where it stands, as a message may name it."""
        key, content = _key(article.id), content_of(article)
        new = self._known.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, content, place)).rowcount
        if new:
            return article
        known, first = self._known.execute("SELECT content, place FROM seen WHERE id = ?", (key,)).fetchone()
        position = _position(article)
        if known == content:
            return Broken(path, position, f"is the same article as {first} (id {article.id!r}), read once", True)
        return Broken(
            path,
            position,
            f"has the same id as {first} ({article.id!r}) and another content; give one of the two another id",
        )

    def are_new(self, known: Sequence[Known], places: Sequence[str]) -> bool:
        """Whether none of some articles was seen yet; if so, they are now."""
        keys = [_key(one.id) for one in known]
        query = "SELECT 1 FROM seen WHERE id = ?"
        if len(set(keys)) < len(keys) or any(self._known.execute(query, (key,)).fetchone() for key in keys):
            return False
        rows = [(key, one.content, place) for key, one, place in zip(keys, known, places, strict=True)]
        self._known.executemany("INSERT INTO seen VALUES (?, ?, ?)", rows)
        return True

    def close(self) -> None:
        """Forget everything."""
        self._known.close()


def _key(id: str) -> bytes:
    return hashlib.sha256(id.encode()).digest()[:16]


def content_of(article: Article) -> str:
    """A hash of what an article says, wherever it stands."""
    stated = (article.title, article.publisher, article.author, article.published, article.url)
    parts = [article.sha256, *(value.value if value else None for value in stated)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _position(article: Article) -> int | None:
    tail = article.file_name.rpartition(":")[2]
    return int(tail) if article.stored and ":" in article.file_name and tail.isdecimal() else None
