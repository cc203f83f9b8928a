"""The files of a large build, packed with zstd: what has not changed is copied from the build before, frame by frame.

Each file but the tables is a row of frames (`kg.engine.frames`), in the order of the graphs or of the articles. Where
the frames of `kg.nq.zst` stand is told beside it; of the other files that is noted in the cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from kg.dataset import GRAPH, Contents, description
from kg.dataset import Part as Described
from kg.engine.facts import digest_of
from kg.engine.frames import LONG, Frame, Frames, Part, index_path, read_index
from kg.engine.holding import Corpus
from kg.engine.tables import copied, tables
from kg.export import Content
from kg.nquads import graph_nquads
from kg.terms import node

QUADS, TEXTS = "kg.nq.zst", "texts.jsonl.zst"
FILES = {QUADS: "application/zstd"}
LARGE = 1 << 20  # bytes of the parts of a frame, as they are stored


class Packing:
    """The packing of one build into the folder `out`, which may hold the build before."""

    def __init__(self, corpus: Corpus, out: Path) -> None:
        self._corpus, self._out = corpus, out
        self._listing, self._store = corpus.listing, corpus.listing.store
        self._place = f"{out.resolve()}\0packed"
        self._before: dict[str, Any] = self._store.last_build(self._place, QUADS) or {}
        self._frames: dict[str, Frames] = {}
        self._tables: dict[str, tuple[str, str]] = {}

    def files(self, held: Contents) -> dict[str, Content]:
        """The files, which are made while they are written."""
        quads = Frames(self._out / QUADS, read_index(index_path(self._out / QUADS)))
        files: dict[str, Content] = {
            QUADS: quads.of(self._graphs(held)),
            f"{QUADS}.tsv": quads.index(),
            "claims.jsonl.zst": self._framed("claims.jsonl.zst", self._parts("records")),
        }
        for table in tables(self._corpus):
            name = f"{table.name}.parquet"
            known = self._before.get("tables", {}).get(table.name)
            files[name] = copied(table, self._out / name, tuple(known) if known else None, self._tables)
        files |= {
            "dropped.jsonl.zst": self._framed("dropped.jsonl.zst", self._drops()),
            "inputs.jsonl.zst": self._framed("inputs.jsonl.zst", self._inputs()),
        }
        if next(self._listing.keys("text"), None):
            files[TEXTS] = self._framed(TEXTS, self._texts())
        return files | self._corpus.common()

    def noted(self) -> None:
        """Note with the store what the next build may copy."""
        frames = {name: [astuple(frame) for frame in made.written] for name, made in self._frames.items()}
        self._store.note_build(self._place, QUADS, {"frames": frames, "tables": self._tables})

    def _framed(self, name: str, parts: Iterable[Part]) -> Iterator[bytes]:
        known = [Frame(*values) for values in self._before.get("frames", {}).get(name, ())]
        self._frames[name] = Frames(self._out / name, known, LARGE)
        return self._frames[name].of(parts)

    def _parts(self, name: str) -> Iterator[Part]:
        for article, key, size, _ in self._listing.sizes(name):
            # An article that was given up has a key with more behind the hash, under which another reason may stand.
            digest = key if " " not in key else digest_of(self._store.whole(key, name))
            yield Part(article, size, digest, partial(self._store.whole, key, name))

    def _drops(self) -> Iterator[Part]:
        yield from self._parts("drops")
        left_out = self._corpus.left_out
        if left_out:
            yield Part("", len(left_out), digest_of(left_out), lambda: left_out)

    def _inputs(self) -> Iterator[Part]:
        for article, file, sha256 in self._listing.columns("name", "name, file_name, sha256", "article"):
            line = _line({"article": article, "file": file, "sha256": sha256})
            yield Part(article, len(line), digest_of(line), partial(bytes, line))

    def _texts(self) -> Iterator[Part]:
        for article, key, size, sha256 in self._listing.sizes("text"):
            yield Part(article, size, key, partial(self._text, key, sha256))

    def _text(self, key: str, sha256: str) -> bytes:
        return _line({"sha256": sha256, "text": self._store.whole(key, "text").decode()})

    def _graphs(self, held: Contents) -> Iterator[Part]:
        """All graphs in the order of their names; the description begins and ends frames."""
        described = False
        last: Part | None = None
        for graph, key, digest, triples in self._listing.columns("graph", "graph, key, digest, triples"):
            if not described and graph > GRAPH:
                yield from _ended(last)
                yield from self._description(held)
                described, last = True, None
            if last is not None:
                yield last
            last = Part(graph, triples, digest, partial(self._store.whole, key, "quads"))
        yield from _ended(last)
        if not described:
            yield from self._description(held)

    def _description(self, held: Contents) -> Iterator[Part]:
        last: Part | None = None
        for part in description(held, self._corpus.versions, LONG):
            if last is not None:
                yield last
            made_of = part.made_of.encode() or b"\n".join(map(b" ".join, part.triples()))
            digest = digest_of(self._store.version.encode() + b"\0" + made_of)
            last = Part(GRAPH, part.size, digest, partial(_lines, part), mark=part.node)
        yield from _ended(last)


def _ended(part: Part | None) -> Iterator[Part]:
    if part is not None:
        yield Part(part.name, part.quads, part.digest, part.lines, True, part.mark)


def _lines(part: Described) -> bytes:
    return graph_nquads(part.triples(), node(GRAPH))


def _line(row: dict[str, str | None]) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
