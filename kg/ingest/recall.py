"""What a reader may be reminded of: lines that were read before, so that their articles need not be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.ingest.values import Broken
from kg.model import Article


@dataclass(frozen=True, slots=True)
class Known:
    """An article that was read before, as far as it matters to whoever finds it again."""

    id: str
    content: str  # hash of what it says (`kg.ingest.repeated`)
    file_name: str
    key: str  # of whoever keeps it


@dataclass(frozen=True, slots=True)
class Block:
    """Some records in a row that are all known, and how their articles are had again."""

    known: tuple[Known, ...]
    again: Callable[[], Iterator[Article | Broken]]


class Recall(Protocol):
    """Keeps what was read out of some bytes of a file with a name, which begin at a record's number."""

    def known(self, file: str, first: int, data: bytes) -> tuple[Known, ...] | None:
        """The articles of these bytes, or None where they were not kept."""

    def keep(self, file: str, first: int, data: bytes, articles: Sequence[Article]) -> None:
        """Keep them; every record in the bytes is one of these articles."""
