"""The texts that quotations are compared with: read from the articles' folder, and the ones that were read then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ArticleError
from kg.paths import text_file
from kg.published import PACKED, lines
from kg.rdf import iri
from kg.vocab import T


def article_texts(quads: Iterable[Quad], articles: Path, build: Path | None = None) -> dict[str, str]:
    """The texts of a graph's articles by the articles' IRIs, from the folder that they were read from.

    A text that the build keeps is read there; else a file is looked up by its name in the folder and its
    subfolders. Raises ArticleError where it is missing or its hash is not the one in the graph.
    """
    facts: dict[str, dict[str, str]] = {}
    slots = (iri(T.fileName), iri(T.sha256))
    for quad in quads:
        if quad.predicate in slots and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            facts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    kept = _kept(build) if build is not None else {}
    name, sha256 = str(T.fileName), str(T.sha256)
    files = _by_name(articles) if any(known.get(sha256) not in kept for known in facts.values()) else {}
    return {
        article: kept.get(known[sha256]) or _text(articles, files, known[name], known[sha256])
        for article, known in sorted(facts.items())
        if name in known and sha256 in known
    }


def _kept(build: Path) -> dict[str, str]:
    """The texts that a build keeps, by their hashes; raises ArticleError for one that has been changed."""
    found = {path.stem: (path, path.read_bytes()) for path in (build / text_file("")).parent.glob("*.txt")}
    packed = build / f"texts.jsonl{PACKED}"
    if packed.is_file():
        rows = (json.loads(line) for line in lines(packed))
        found |= {row["sha256"]: (packed, row["text"].encode()) for row in rows}
    for digest, (path, data) in sorted(found.items()):
        if hashlib.sha256(data).hexdigest() != digest:
            raise ArticleError(f"{path}: has changed since the graph was built from it; run 'kg build' again")
    return {digest: data.decode() for digest, (_, data) in found.items()}


def _by_name(folder: Path) -> dict[str, list[Path]]:
    # A name comes out of a file: looked up in what is there, it cannot lead out of the folder.
    found: dict[str, list[Path]] = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_file():
            found.setdefault(path.name, []).append(path)
    return found


def _text(folder: Path, files: dict[str, list[Path]], file_name: str, sha256: str) -> str:
    for path in files.get(file_name, ()):
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == sha256:
            return data.decode("utf-8")
    if file_name in files:
        raise ArticleError(
            f"{files[file_name][0]}: has changed since the graph was built from it; run 'kg build' again"
        )
    raise ArticleError(
        f"{folder / file_name}: the graph's article is not there; put it back, name its folder with --articles,"
        " or run 'kg build' again"
    )
