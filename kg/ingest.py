"""Files to articles: bytes are checked, metadata is read, and the text stays exactly as it is on disk.

An article is a UTF-8 `.txt` or `.md` file. Metadata may stand in a YAML front matter block at its
start or in a sidecar file `<stem>.meta.yaml` beside it. Whatever else a text says about itself
(headline, byline, dateline) is read later, by `kg.text`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import ArticleError
from kg.frontmatter import Field, block, fields
from kg.gazetteer import OWN_FILES
from kg.model import Article, Stated

LARGEST = 20 * 1024 * 1024  # bytes; the longest news article on record is far below one of them
LARGEST_SIDECAR = 64 * 1024
SUFFIXES = (".md", ".txt")
SIDECAR = ".meta.yaml"


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


def read_articles(path: Path) -> list[Article]:
    """The articles of a folder (or of one file), sorted by id.

    Raises ArticleError for the first file that cannot be read as an article, for two files with
    one id, and for a folder without any.
    """
    return [read_article(file) for file in find_articles(path).files]


def find_articles(path: Path) -> Corpus:
    """The article files at `path`, subfolders included, without reading them.

    Hidden files, other suffixes and sidecars without an article are skipped with a reason, but not the
    user's own `actors.tsv` and `places.tsv`; links to folders are not followed. Raises ArticleError where
    there is no article at all.
    """
    if not path.exists():
        raise ArticleError(f"{path}: there is no such file or folder; name the folder that holds the articles")
    if path.is_file():
        return Corpus((path,), ())
    files: dict[str, Path] = {}
    skipped: list[Skip] = []
    for file in _walk(path):
        reason = _reason_to_skip(file, path)
        if reason:
            skipped.append(Skip(file, reason))
        elif file.suffix.lower() in SUFFIXES:
            if file.stem in files:
                raise ArticleError(
                    f"{file}: has the same id as {files[file.stem]} ({file.stem!r}); rename one of the two files"
                )
            files[file.stem] = file
    if not files:
        raise ArticleError(f"{path}: holds no article; put UTF-8 files that end in .txt or .md there")
    return Corpus(tuple(files[stem] for stem in sorted(files)), tuple(skipped))


def folder_of(path: Path) -> Path:
    """The folder whose own names count for the articles at `path`: itself, or the one that its file is in."""
    return path if path.is_dir() else path.parent


def read_article(path: Path) -> Article:
    """One article file with its front matter and its sidecar; raises ArticleError with the remedy."""
    data = _read(path, LARGEST)
    text = _decode(data, str(path))
    sidecar = _read_sidecar(path.with_name(path.stem + SIDECAR))
    return _article(text, id=path.stem, file_name=path.name, data=data, where=str(path), others=(sidecar,))


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
    _decode(data, id)
    return _article(text, id=id, file_name=id, data=data, where=id, others=(stated,))


def _article(
    text: str,
    *,
    id: str,
    file_name: str,
    data: bytes,
    where: str,
    others: tuple[Mapping[str, Stated], ...],
) -> Article:
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
    return Article(
        id=id, file_name=file_name, text=text, sha256=hashlib.sha256(data).hexdigest(), body_start=body, **stated
    )


def _walk(folder: Path) -> list[Path]:
    def fail(error: OSError) -> None:
        raise ArticleError(f"{error.filename}: the folder cannot be read ({error.strerror}); check its permissions")

    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=fail):
        hidden = [name for name in folders if name.startswith(".")]
        found += [Path(parent, name) for name in names + hidden]
        folders[:] = sorted(set(folders) - set(hidden))
    return sorted(found)


def _reason_to_skip(file: Path, top: Path) -> str | None:
    if file.name.startswith("."):
        return "hidden"
    if file.name in OWN_FILES:
        if file.parent != top:
            return f"names of your own count in {top} alone; move them there"
        return None if file.is_file() else "is not a regular file"
    if file.name.endswith(SIDECAR):
        stem = file.name.removesuffix(SIDECAR)
        if any(file.with_name(stem + suffix).exists() for suffix in SUFFIXES):
            return None
        return f"no article {stem}.txt or {stem}.md stands beside it"
    if file.suffix.lower() not in SUFFIXES:
        return "neither .txt nor .md"
    return None


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


def _decode(data: bytes, where: str) -> str:
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


def _read_sidecar(path: Path) -> dict[str, Stated]:
    if not path.exists():
        return {}
    text = _decode(_read(path, LARGEST_SIDECAR), str(path))
    return {key: Stated(field.value, None, "sidecar") for key, field in fields(text, 0, len(text), str(path)).items()}
