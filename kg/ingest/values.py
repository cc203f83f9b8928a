"""What passes between the readers: how to read, what was left out and why, and the limits that all of them keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import ArticleError

LARGEST = 20 * 1024 * 1024  # bytes; the longest news article on record is far below one of them
LARGEST_PAGE = 8 * 1024 * 1024  # bytes of HTML, most of which is never text
LONGEST = 500  # characters of an id, a title or a name
LONGEST_LINE = 64 * 1024 * 1024  # bytes; an article of the largest size with every character escaped, or nearly
UNPACKED = 64 * 1024 * 1024  # bytes that any packed file may unpack to …
RATIO = 200  # … beyond which it must not be more than so many times its packed size; news packs 3 to 20 times
FIELDS = ("id", "text", "title", "publisher", "published", "url", "author", "language")


class RecordError(ArticleError):
    """What is wrong with one record, without its place: the reader that knows the place makes it a `Broken`."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """How articles are read.

    `fields` gives for a field of ours the column of a record, as pairs. `strict` None stops for a .txt or .md file
    and reports a record; True stops for both, False for none. `format` overrules the suffix of the one file.
    """

    fields: tuple[tuple[str, str], ...] = ()
    strict: bool | None = None
    format: str | None = None

    def __post_init__(self) -> None:
        for field, _ in self.fields:
            if field not in FIELDS:
                raise ArticleError(f"there is no field {field!r} of an article; there are {', '.join(FIELDS)}")

    def column(self, field: str) -> str:
        """The column that holds a field."""
        return dict(self.fields).get(field, field)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record (or file) that is no article here, where it stands, and why.

    `harmless` ones are in order and yet not read: a repetition, another language, a page without text.
    """

    file: str  # its path
    position: int | None  # line, row, or byte of the unpacked archive; None for the whole file
    reason: str
    harmless: bool = False

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.file}: {self.reason}" if self.position is None else f"{self.file}:{self.position}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Skip:
    """A file of the corpus folder that is no article, and why it was left out."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The article files of a folder in the order of their ids, and the files that were left out."""

    files: tuple[Path, ...]
    skipped: tuple[Skip, ...]
