"""The cache: an SQLite file of what articles and groups of claims have yielded, found by the hash of what went in.

Values are compressed with zstd and carry checksums and the key that they belong to: a damaged one is never handed
out, it is forgotten and made anew. The journal is a write-ahead log, so that a process that is killed loses at most
what it had not yet committed. Keys hold everything that can change a value; nothing in here is ever stale.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import zstandard

from kg.engine.facts import Facts, facts_from
from kg.engine.sealed import LEVEL, PARTS, SCHEMA, Packed, check, seal
from kg.errors import OutputError

FILE = "work.sqlite"
AT_ONCE = 500  # keys that are asked for together
_SELECT = {name: f"SELECT {name} FROM item WHERE key = ?" for name in PARTS}  # noqa: S608 - names of ours


class DamagedError(Exception):
    """The store, or a value in it, is not what was written; it is forgotten, and asking again makes it anew."""


class Store:
    """An open cache of one version of the package (`kg.fingerprint`)."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder, self.version = folder, version
        self._expand = zstandard.ZstdDecompressor().decompress
        self._forgotten: list[tuple[str, str]] = []
        with self.told():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._db = sqlite3.connect(folder / FILE, timeout=600, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA cache_size = -16000")
            self._db.execute("PRAGMA temp_store = FILE")
            self._db.executescript(SCHEMA)
            columns = [row[1] for row in self._db.execute("PRAGMA table_info(item)")]
        if columns != ["key", "version", "facts", *PARTS]:
            self.close()
            raise DamagedError(f"{FILE} is of another version")

    @property
    def database(self) -> sqlite3.Connection:
        """For tables of a build, which are temporary: they lie in a file that nobody sees and end with the build."""
        return self._db

    def close(self) -> None:
        """Close it; what was committed stays."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is put inside the block is kept together, or nothing of it."""
        with self.told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK") if self._db.in_transaction else None
                for table, key in self._forgotten:
                    self._db.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608
                raise
            finally:
                self._forgotten.clear()
            self._db.execute("COMMIT")

    def saved(self) -> None:
        """Inside `writing`: keep what was put so far, and let others who share the cache write theirs."""
        with self.told():
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def facts(self, key: str) -> Facts | None:
        """What is known of a stored graph, or None where there is none (or it was damaged)."""
        with self.told():
            row = self._db.execute("SELECT facts FROM item WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        data = bytes(row[0])
        if data[:8] != check(key, data[8:]):
            self.forget(key)
            return None
        return facts_from(key, data[8:])

    def facts_of(self, keys: Collection[str]) -> dict[str, Facts]:
        """The same of many graphs, by their keys; what is not stored or is damaged is left out."""
        return {key: facts_from(key, data) for key, data in self._checked("item", "facts", keys)}

    def _checked(self, table: str, column: str, keys: Collection[str]) -> Iterator[tuple[str, bytes]]:
        waiting = iter(keys)
        while batch := list(islice(waiting, AT_ONCE)):
            query = f"SELECT key, {column} FROM {table} WHERE key IN ({', '.join('?' * len(batch))})"  # noqa: S608
            with self.told():
                rows = self._db.execute(query, batch).fetchall()
            for key, data in rows:
                if data[:8] == check(key, data[8:]):
                    yield key, bytes(data[8:])

    def part(self, facts: Facts, name: str) -> bytes:
        """One part of a stored graph. Raises DamagedError, having forgotten it, where it is not what was stored."""
        return self.whole(facts.key, name) if name in facts.filled else b""

    def whole(self, key: str, name: str) -> bytes:
        """The same of a part that is not empty, by the graph's key."""
        with self.told():
            row = self._db.execute(_SELECT[name], (key,)).fetchone()
        return self.unpacked(key, name, row[0] if row else None)

    def unpacked(self, key: str, name: str, stored: bytes | None) -> bytes:
        """A part out of its stored form. Raises DamagedError, having forgotten the graph, where it is another."""
        try:
            data = self._expand(stored) if stored is not None else b""
        except zstandard.ZstdError:
            data = b""
        sealed = seal(key, name)
        if not data.startswith(sealed):
            self.forget(key)
            raise DamagedError(f"{key}: {name}")
        return data[len(sealed) :]

    def put(self, packed: Packed) -> None:
        """Store a graph; call it inside `writing`."""
        key, facts = packed.facts.key, packed.facts.to_bytes()
        values = (key, self.version, check(key, facts) + facts, *packed.parts)
        self._db.execute(f"INSERT OR REPLACE INTO item VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608

    def forget(self, key: str) -> None:
        """Remove what is stored under a key."""
        self._forget("item", key)

    def _forget(self, table: str, key: str) -> None:
        if self._db.in_transaction:
            self._forgotten.append((table, key))  # damage is told by an error, which takes back what is being written
        with self.told():
            self._db.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608

    def rows(self, key: str) -> bytes | None:
        """The stored results of a validation, or None."""
        with self.told():
            row = self._db.execute("SELECT rows FROM checked WHERE key = ?", (key,)).fetchone()
        data = bytes(row[0]) if row else b""
        return data[8:] if row and data[:8] == check(key, data[8:]) else None

    def rows_of(self, keys: Collection[str]) -> dict[str, bytes]:
        """The same of many keys; what is not stored or is damaged is left out."""
        return dict(self._checked("checked", "rows", keys))

    def put_rows(self, key: str, rows: bytes) -> None:
        """Store the results of a validation; call it inside `writing`."""
        self._db.execute(
            "INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", (key, self.version, check(key, rows) + rows)
        )

    def recalled(self, key: str) -> Any:
        """What was kept of some bytes of an input, or None."""
        found = dict(self._checked("recalled", "rows", [key]))
        return json.loads(found[key]) if found else None

    def put_recalled(self, rows: Iterable[tuple[str, Any]]) -> None:
        """Keep something of some bytes of inputs each, by their keys."""
        packed = ((key, json.dumps(value, ensure_ascii=False).encode()) for key, value in rows)
        with self.writing():
            values = ((key, self.version, check(key, data) + data) for key, data in packed)
            self._db.executemany("INSERT OR REPLACE INTO recalled VALUES (?, ?, ?)", values)

    def head(self, key: str, part: int) -> bytes | None:
        """What a step of the relations told in short, or None where that is not stored."""
        return self._made(key, part, "head")

    def heads(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The same of the first parts of many steps, by their keys."""
        query = f"SELECT key, head FROM made WHERE part = 0 AND key IN ({', '.join('?' * len(keys))})"  # noqa: S608
        with self.told():
            rows = self._db.execute(query, keys).fetchall()
        opened = ((key, self._open(key, "head 0", data)) for key, data in rows)
        return {key: data for key, data in opened if data is not None}

    def body(self, key: str, part: int) -> bytes:
        """What it made. Raises DamagedError where that is not what was stored."""
        data = self._made(key, part, "body")
        if data is None:
            raise DamagedError(f"{key}: body {part}")
        return data

    def _made(self, key: str, part: int, name: str) -> bytes | None:
        with self.told():
            query = f"SELECT {name} FROM made WHERE key = ? AND part = ?"  # noqa: S608 - names of ours
            row = self._db.execute(query, (key, part)).fetchone()
        return self._open(key, f"{name} {part}", row[0]) if row else None

    def _open(self, key: str, name: str, stored: bytes) -> bytes | None:
        """A part of what a step made; None, having forgotten the step, where it is not what was stored."""
        try:
            data = self._expand(stored)
        except zstandard.ZstdError:
            data = b""
        sealed = seal(key, name)
        if data.startswith(sealed):
            return data[len(sealed) :]
        self.forget_made(key)
        return None

    def forget_made(self, key: str) -> None:
        """Remove what a step of the relations made."""
        self._forget("made", key)

    def put_made(self, key: str, part: int, head: bytes, body: bytes) -> None:
        """Store what a step of the relations made; call it inside `writing`."""
        compress = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress
        parts = [compress(seal(key, f"{name} {part}") + data) for name, data in (("head", head), ("body", body))]
        self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", (key, part, self.version, *parts))

    def last_build(self, place: str, content: str | None = None) -> dict[str, Any] | None:
        """What was noted of the build in a place, if this version made it, and of this content if one is given."""
        with self.told():
            row = self._db.execute(
                "SELECT summary FROM build WHERE place = ? AND content = coalesce(?, content) AND version = ?",
                (place, content, self.version),
            ).fetchone()
        data = bytes(row[0]) if row else b""
        return json.loads(data[8:]) if row and data[:8] == check(place, data[8:]) else None

    def note_build(self, place: str, content: str, summary: Mapping[str, object]) -> None:
        """Note what a finished build was made of and what it told."""
        data = json.dumps(summary, ensure_ascii=False).encode()
        with self.writing():
            values = (place, self.version, content, check(place, data) + data)
            self._db.execute("INSERT OR REPLACE INTO build VALUES (?, ?, ?, ?)", values)

    @contextmanager
    def told(self) -> Iterator[None]:
        """SQLite's errors as ours: damage is damage, and all else is a folder that cannot be used."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise OutputError(
                f"{self.folder}: the cache cannot be written ({error}); check the folder's permissions and space, name "
                "another with --cache DIR, or do without with --cache none"
            ) from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error


@contextmanager
def opened(folder: Path | None, version: str, anew: bool = False) -> Iterator[Store]:
    """The store in a folder, made if need be; one that lasts as long as the block where there is no folder.

    A file that is damaged beyond use is replaced by an empty one, and any is if it shall be `anew`.
    """
    with TemporaryDirectory(prefix="kg-") as aside:
        place = folder or Path(aside)
        if anew:
            discard(place)
        try:
            store = Store(place, version)
        except DamagedError:
            discard(place)
            store = Store(place, version)
        try:
            yield store
        finally:
            store.close()


def discard(folder: Path) -> None:
    """Delete a store's files."""
    for end in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{end}").unlink(missing_ok=True)
