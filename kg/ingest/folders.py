"""The article files of a folder, found without reading them, and why the other files are none."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import ArticleError
from kg.gazetteer import OWN_FILES
from kg.ingest.formats import FORMATS, PACKINGS, SUFFIXES, format_of
from kg.ingest.plain import SIDECAR
from kg.ingest.values import Corpus, Skip

STDIN = Path("-")
_ARCHIVES = (".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz")


def find_articles(path: Path) -> Corpus:
    """The article files at `path`, subfolders included, without reading them.

    Hidden files, other suffixes and sidecars without an article are skipped with a reason, but not the
    user's own `actors.tsv` and `places.tsv`; links to folders are not followed. Raises ArticleError where
    there is no article at all, and for two plain files with one id.
    """
    found = find_files(path)
    plain: dict[str, Path] = {}
    for file in found.files:
        if format_of(file).plain:
            if file.stem in plain:
                raise ArticleError(
                    f"{file}: has the same id as {plain[file.stem]} ({file.stem!r}); rename one of the two files"
                )
            plain[file.stem] = file
    return found


def find_files(path: Path) -> Corpus:
    """As `find_articles`, but two files may have one id: it is seen, and told, when they are read."""
    if path == STDIN:
        return Corpus((path,), ())
    if not path.exists():
        raise ArticleError(f"{path}: there is no such file or folder; name the folder that holds the articles")
    if not path.is_dir():
        return Corpus((path,), ())
    files: list[Path] = []
    skipped: list[Skip] = []
    for file in _walk(path):
        reason = _reason_to_skip(file, path)
        if reason:
            skipped.append(Skip(file, reason))
        elif format_of(file).name is not None:
            files.append(file)
    if not files:
        raise ArticleError(
            f"{path}: holds no article; put UTF-8 files that end in .txt or .md there, or .html, .jsonl, .parquet or "
            ".warc files"
        )
    return Corpus(tuple(sorted(files, key=_order)), tuple(skipped))


def folder_of(path: Path) -> Path:
    """The folder whose own names count for the articles at `path`: itself, or the one that its file is in."""
    return path if path.is_dir() else path.parent


def _order(file: Path) -> tuple[str, Path]:
    return format_of(file).stem, file


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
        if any(file.with_name(stem + suffix).exists() for suffix in _suffixes()):
            return None
        return f"no article {stem}.txt or {stem}.md stands beside it"
    if format_of(file).name is not None:
        return None
    if {suffix.lower() for suffix in file.suffixes} & set(_ARCHIVES):
        return "an archive of files, which is not opened; unpack it"
    return f"no format that is read ({', '.join(FORMATS)}, each also .gz or .zst)"


def _suffixes() -> list[str]:
    """The suffixes of files that may have a sidecar."""
    single = (*SUFFIXES, ".html", ".htm")
    return [suffix + packing for suffix in single for packing in ("", *PACKINGS)]
