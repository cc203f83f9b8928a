"""What the store holds: its tables, and the parts of a graph, each packed and sealed with the key it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

import zstandard

from kg.engine.facts import Facts

PARTS = ("shared", "quads", "records", "drops", "entries", "names", "types", "signature", "text", "steps", "cells")
LEVEL = 3
_COLUMNS = ", ".join(f"{name} BLOB" for name in PARTS)
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS item (key TEXT PRIMARY KEY, version TEXT, facts BLOB, {_COLUMNS});
CREATE TABLE IF NOT EXISTS checked (key TEXT PRIMARY KEY, version TEXT, rows BLOB);
CREATE TABLE IF NOT EXISTS made (key TEXT, part INTEGER, version TEXT, head BLOB, body BLOB, PRIMARY KEY (key, part));
CREATE TABLE IF NOT EXISTS recalled (key TEXT PRIMARY KEY, version TEXT, rows BLOB);
CREATE TABLE IF NOT EXISTS build (place TEXT PRIMARY KEY, version TEXT, content TEXT, summary BLOB);
"""


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
    sealed = (compress(seal(facts.key, name) + parts[name]) if name in filled else b"" for name in PARTS)
    return Packed(facts, tuple(sealed), rows)


def seal(key: str, name: str) -> bytes:
    """What a value begins with, so that no other can be taken for it."""
    return f"{key[:32]} {name}\n".encode()


def check(key: str, data: bytes) -> bytes:
    """What stands before a value that is short, by which damage is seen."""
    return blake2b(data, digest_size=8, key=key.encode()[:64]).digest()
