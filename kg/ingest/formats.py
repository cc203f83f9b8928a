"""Which format a file has: by its suffixes, or by its first bytes where it comes without a name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".md", ".txt")
FORMATS = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
}
PACKINGS = {".gz": "gzip", ".zst": "zstd"}
NAMES = tuple(sorted(set(FORMATS.values())))
ONE_ARTICLE = frozenset(("text", "html"))  # formats whose file is one article
_MAGIC = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
_STARTS = ((b"PAR1", "parquet"), (b"WARC/", "warc"))


class Format(NamedTuple):
    """What a file holds, and how it is packed."""

    name: str | None  # None: none that is read
    packing: str | None
    stem: str

    @property
    def plain(self) -> bool:
        """Whether it is a text as it is on disk, which needs no copy."""
        return self.name == "text" and self.packing is None


def format_of(path: Path) -> Format:
    """The format that a file's name tells. One packing is opened, never a second one inside it.

    >>> format_of(Path("a/news.jsonl.gz"))
    Format(name='jsonl', packing='gzip', stem='news')
    """
    packing = PACKINGS.get(path.suffix.lower())
    name = path.with_suffix("") if packing else path
    return Format(FORMATS.get(name.suffix.lower()), packing, name.stem)


def packing_of(start: bytes) -> str | None:
    """How something that starts like this is packed; None where it is not."""
    return next((packing for magic, packing in _MAGIC if start.startswith(magic)), None)


def format_of_bytes(start: bytes) -> str:
    """The format of something unpacked that starts like this; text where nothing else is plain.

    >>> format_of_bytes(b'{"text": "One man died."}'), format_of_bytes(b"<!DOCTYPE html>"), format_of_bytes(b"One man")
    ('jsonl', 'html', 'text')
    """
    for magic, name in _STARTS:
        if start.startswith(magic):
            return name
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:14].lower()
    if first.startswith(b"{"):
        return "jsonl"
    return "html" if first.startswith((b"<!doctype html", b"<html")) else "text"
