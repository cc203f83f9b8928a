"""A plain file to its article: bytes are checked, metadata is read, and the text stays exactly as it is on disk.

A plain file is a UTF-8 `.txt` or `.md` file. Metadata may stand in a YAML front matter block at its
start or in a sidecar file `<stem>.meta.yaml` beside it. Whatever else a text says about itself
(headline, byline, dateline) is read later, by `kg.text`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kg.errors import ArticleError
from kg.frontmatter import Field, block, fields
from kg.ingest.values import LARGEST
from kg.model import Article, Stated

LARGEST_SIDECAR = 64 * 1024
SIDECAR = ".meta.yaml"


def read_article(path: Path) -> Article:
    """One article file with its front matter and its sidecar; raises ArticleError with the remedy."""
    data = _read(path, LARGEST)
    text = decode(data, str(path))
    sidecar = read_sidecar(path.with_name(path.stem + SIDECAR))
    return make_article(text, id=path.stem, file_name=path.name, data=data, where=str(path), others=(sidecar,))


def article_from_text(
    text: str,
    id: str = "text",
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | date | None = None,
    author: str | None = None,
    url: str | None = None,
) -> Article:
    """An article that is in memory; the arguments add to its front matter and must not contradict it.

    >>> article_from_text("Two soldiers were killed.", published="2024-05-01").published.value
    '2024-05-01'
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"{id}: character {error.start} is half of a surrogate pair; decode the text properly before passing it"
        ) from error
    given = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "published": published.isoformat() if isinstance(published, date) else published,
        "url": url,
    }
    arguments = {key: Field(value, None, 0).checked(key, id) for key, value in given.items() if value is not None}
    stated = {key: Stated(field.value, None, "argument") for key, field in arguments.items()}
    decode(data, id)
    return make_article(text, id=id, file_name=id, data=data, where=id, others=(stated,))


def make_article(
    text: str,
    *,
    id: str,
    file_name: str,
    data: bytes,
    where: str,
    others: tuple[Mapping[str, Stated], ...] = (),
    stored: bool = False,
) -> Article:
    """The article of a plain text with its front matter and what is stated elsewhere, which must not contradict it."""
    start, end, body = block(text, where)
    stated = {
        key: Stated(field.value, field.evidence, "front-matter")
        for key, field in fields(text, start, end, where).items()
    }
    for other in others:
        for key, value in other.items():
            if key in stated and stated[key].value != value.value:
                raise ArticleError(
                    f"{where}: {key} is {stated[key].value!r} in the front matter but {value.value!r} "
                    f"in the {value.read_from}; keep one of them"
                )
            stated.setdefault(key, value)
    digest = hashlib.sha256(data).hexdigest()
    return Article(id=id, file_name=file_name, text=text, sha256=digest, stored=stored, body_start=body, **stated)


def _read(path: Path, largest: int) -> bytes:
    try:
        os.fsencode(path).decode()
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path!r}: the file's name is not UTF-8; rename the file") from error
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(f"{path}: is not a regular file; remove it or name it otherwise")
        if status.st_size > largest:
            raise ArticleError(
                f"{path}: is {status.st_size / 1_048_576:.1f} MB, above the limit of {largest / 1_048_576:g} MB; "
                "split it into one file per article"
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def decode(data: bytes, where: str) -> str:
    """The text of UTF-8 bytes; raises ArticleError, with the line, for anything else and for no text at all."""
    nul = data.find(b"\0")
    if nul >= 0:
        raise ArticleError(
            f"{where}:{_line(data, nul)}: holds a NUL byte (at byte {nul}), so it is binary or UTF-16; "
            "save it as UTF-8 text"
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}:{_line(data, error.start)}: is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}); "
            "save it as UTF-8"
        ) from error
    if not text.lstrip("\ufeff").strip():
        raise ArticleError(f"{where}: is empty; remove it or give it the article's text")
    return text


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def read_sidecar(path: Path) -> dict[str, Stated]:
    """The metadata that stands in a file beside an article's; nothing where there is none."""
    if not path.exists():
        return {}
    text = decode(_read(path, LARGEST_SIDECAR), str(path))
    return {key: Stated(field.value, None, "sidecar") for key, field in fields(text, 0, len(text), str(path)).items()}
