"""Entries ↔ bytes: JSON Lines that are equal for equal entries, for a store or for another process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from kg.relation_model import Entry, Voice

_NAMES = tuple(field.name for field in fields(Entry))
_VOICE = tuple(field.name for field in fields(Voice))
_DEFAULTS = {field.name: field.default for field in fields(Entry)}
_DAYS = frozenset(("published", "not_before", "earliest", "latest", "begun"))
_SETS = frozenset(("countries", "mentions"))
_TUPLES = frozenset(("relays", "kinds"))


def to_bytes(entries: Iterable[Entry]) -> bytes:
    """One JSON object a line, without what is at its default, keys in the order of the fields."""
    return "".join(
        json.dumps(_plain(entry), ensure_ascii=False, separators=(",", ":")) + "\n" for entry in entries
    ).encode()


def from_bytes(data: bytes) -> tuple[Entry, ...]:
    """The entries that `to_bytes` wrote, in their order.

    >>> entry = Entry(name="c", type="growth", article="a", file_name="a.md", start=0, end=1, sentence=0, words="x",
    ...     text="x", says="x", earliest=date(2024, 5, 3), countries=frozenset({"state:mali"}), factor=2.0)
    >>> from_bytes(to_bytes([entry])) == (entry,)
    True
    """
    return tuple(_entry(json.loads(line)) for line in data.split(b"\n") if line)


def _plain(entry: Entry) -> dict[str, Any]:
    found = {}
    for name in _NAMES:
        value = getattr(entry, name)
        if name not in _DEFAULTS or value != _DEFAULTS[name]:
            found[name] = _value(name, value)
    return found


def _value(name: str, value: Any) -> Any:
    if name in _DAYS:
        return value.isoformat()
    if name in _SETS:
        return sorted(value)
    if name == "said_on":
        return [day.isoformat() if day else None for day in value]
    if name == "voices":
        return [[getattr(voice, part) for part in _VOICE] for voice in value]
    return value


def _entry(values: dict[str, Any]) -> Entry:
    for name, value in values.items():
        if name in _DAYS:
            values[name] = date.fromisoformat(value)
        elif name in _SETS:
            values[name] = frozenset(value)
        elif name in _TUPLES:
            values[name] = tuple(value)
        elif name == "voices":
            values[name] = tuple(Voice(*parts) for parts in value)
        elif name == "parties":
            values[name] = tuple((key, state) for key, state in value)
        elif name == "said_on":
            first, last = value
            values[name] = (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
    return Entry(**values)
