"""The cache: an SQLite file of what articles and groups of claims have yielded, found by the hash of what went in.

Values are compressed with zstd and carry checksums and the key that they belong to: a damaged one is never handed
out, it is forgotten and made anew. The journal is a write-ahead log, so that a process that is killed loses at most
what it had not yet committed. Keys hold everything that can change a value; nothing in here is ever stale.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import zstandard

from kg.engine.facts import Facts, facts_from
from kg.errors import OutputError

FILE = "work.sqlite"
PARTS = ("shared", "quads", "records", "drops", "entries", "names", "types", "signature", "text", "steps", "cells")
LEVEL = 3
_SELECT = {name: f"SELECT {name} FROM item WHERE key = ?" for name in PARTS}  # noqa: S608 - names of ours
_BARE = "substr(key, 1, instr(key || ' ', ' ') - 1)"  # without what a key has after the hash
_COLUMNS = ", ".join(f"{name} BLOB" for name in PARTS)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS item (key TEXT PRIMARY KEY, version TEXT, facts BLOB, {_COLUMNS});
CREATE TABLE IF NOT EXISTS checked (key TEXT PRIMARY KEY, version TEXT, rows BLOB);
CREATE TABLE IF NOT EXISTS made (key TEXT, part INTEGER, version TEXT, head BLOB, body BLOB, PRIMARY KEY (key, part));
CREATE TABLE IF NOT EXISTS build (place TEXT PRIMARY KEY, version TEXT, content TEXT, summary BLOB);
"""


class DamagedError(Exception):
    """The store, or a value in it, is not what was written; it is forgotten, and asking again makes it anew."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A graph as the store holds it; workers pack, so that the one who stores has little to do."""

    facts: Facts
    parts: tuple[bytes, ...]  # compressed, in the order of PARTS
    rows: bytes | None = None  # the results of its validation, where it was validated


def pack(facts: Facts, parts: Mapping[str, bytes], rows: bytes | None = None) -> Packed:
    """The stored form of a graph."""
    filled = tuple(name for name in PARTS if parts.get(name))
    facts = replace(facts, filled=filled)
    compress = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress
    sealed = (compress(_seal(facts.key, name) + parts[name]) if name in filled else b"" for name in PARTS)
    return Packed(facts, tuple(sealed), rows)


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
            self._db.executescript(_SCHEMA)
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
        if data[:8] != _check(key, data[8:]):
            self.forget(key)
            return None
        return facts_from(key, data[8:])

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
        seal = _seal(key, name)
        if not data.startswith(seal):
            self.forget(key)
            raise DamagedError(f"{key}: {name}")
        return data[len(seal) :]

    def put(self, packed: Packed) -> None:
        """Store a graph; call it inside `writing`."""
        key, facts = packed.facts.key, packed.facts.to_bytes()
        values = (key, self.version, _check(key, facts) + facts, *packed.parts)
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
        return data[8:] if row and data[:8] == _check(key, data[8:]) else None

    def put_rows(self, key: str, rows: bytes) -> None:
        """Store the results of a validation; call it inside `writing`."""
        self._db.execute(
            "INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", (key, self.version, _check(key, rows) + rows)
        )

    def head(self, key: str, part: int) -> bytes | None:
        """What a step of the relations told in short, or None where that is not stored."""
        return self._made(key, part, "head")

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
        try:
            data = self._expand(row[0]) if row else b""
        except zstandard.ZstdError:
            data = b""
        seal = _seal(key, f"{name} {part}")
        if data.startswith(seal):
            return data[len(seal) :]
        if row:
            self.forget_made(key)
        return None

    def forget_made(self, key: str) -> None:
        """Remove what a step of the relations made."""
        self._forget("made", key)

    def put_made(self, key: str, part: int, head: bytes, body: bytes) -> None:
        """Store what a step of the relations made; call it inside `writing`."""
        compress = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress
        parts = [compress(_seal(key, f"{name} {part}") + data) for name, data in (("head", head), ("body", body))]
        self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", (key, part, self.version, *parts))

    def last_build(self, place: str, content: str) -> dict[str, Any] | None:
        """What was noted of the build in a place, if it was made of this content by this version."""
        with self.told():
            row = self._db.execute(
                "SELECT summary FROM build WHERE place = ? AND content = ? AND version = ?",
                (place, content, self.version),
            ).fetchone()
        data = bytes(row[0]) if row else b""
        return json.loads(data[8:]) if row and data[:8] == _check(place, data[8:]) else None

    def note_build(self, place: str, content: str, summary: Mapping[str, object]) -> None:
        """Note what a finished build was made of and what it told."""
        data = json.dumps(summary, ensure_ascii=False).encode()
        with self.writing():
            values = (place, self.version, content, _check(place, data) + data)
            self._db.execute("INSERT OR REPLACE INTO build VALUES (?, ?, ?, ?)", values)

    def prune(self, used: Iterable[str], made: Iterable[str] = ()) -> None:
        """Remove what other versions stored, and, once they are the greater part, items that are no longer `used`.

        `made` are the keys of the steps of the relations that are in use.
        """
        with self.writing():
            for table in ("item", "checked", "made", "build"):
                self._db.execute(f"DELETE FROM {table} WHERE version != ?", (self.version,))  # noqa: S608
            for keys, tables in ((used, ("item", "checked")), (made, ("made",))):
                number = self._listed(keys)
                for table in tables:
                    unused = f"FROM {table} WHERE {_BARE} NOT IN (SELECT key FROM temp.used)"  # noqa: S608
                    if self._db.execute(f"SELECT count(*) {unused}").fetchone()[0] > number + 100:
                        self._db.execute(f"DELETE {unused}")

    def _listed(self, keys: Iterable[str]) -> int:
        """Put keys into a temporary table; returns how many they are."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("DELETE FROM temp.used")
        self._db.executemany("INSERT OR IGNORE INTO temp.used VALUES (?)", ((key,) for key in keys))
        return int(self._db.execute("SELECT count(*) FROM temp.used").fetchone()[0])

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


def _seal(key: str, name: str) -> bytes:
    """What a value begins with, so that no other can be taken for it."""
    return f"{key[:32]} {name}\n".encode()


def _check(key: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=8, key=key.encode()[:64]).digest()
