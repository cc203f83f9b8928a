"""Stored graphs and records → the files of a build: plain ones of a small corpus, packed ones of a large."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
import zstandard

from kg.columns import TABLES
from kg.dataset import FILES, GRAPH, Contents, Source, description
from kg.engine.facts import Facts, digest_of, hashes
from kg.engine.frames import LONG, Frames, Part
from kg.engine.listing import ARTICLE, RELATIONS, Listing
from kg.engine.parquet import write_table
from kg.engine.related import Related
from kg.export import Content, graph_files
from kg.nquads import graph_nquads
from kg.paths import text_file
from kg.records import to_csv
from kg.tables import package
from kg.terms import node
from kg.validate import Report

MANY_HASHES = 1_000_000  # that are held until they are sorted in
MANY_ARTICLES, MANY_QUADS = 1_000, 250_000  # a build with more of either is packed
KEPT = "texts.jsonl.zst"
PACKED = {"kg.nq.zst": "application/zstd"}
LEVEL = 3


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that a build knows when everything is read, related and validated."""

    listing: Listing
    related: Related
    report: Report
    versions: Mapping[str, str]
    names: bytes  # unresolved.tsv
    left_out: bytes = b""  # rows of the drops for what is no article

    @property
    def is_large(self) -> bool:
        """Whether it is written packed, where nobody says."""
        return self.listing.number > MANY_ARTICLES or self.listing.quads > MANY_QUADS


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a build but its manifest, what that says of the articles, and the counts."""

    files: Mapping[str, Content]
    inputs: str | list[tuple[str, str, str]]
    counts: Mapping[str, int]
    held: Contents
    is_packed: bool


def files_of(corpus: Corpus, out: Path, packed: bool | None = None) -> Written:
    """The files for the folder `out`; by size where nobody says whether they are packed."""
    if corpus.is_large if packed is None else packed:
        held = contents(corpus, PACKED)
        files, found = packed_files(corpus, out, held)
        return Written(files, "inputs.jsonl.zst", found, held, True)
    held = contents(corpus, FILES)
    files, found = plain_files(corpus, held)
    inputs = list(corpus.listing.columns("name", "name, file_name, sha256", ARTICLE))
    return Written(files, inputs, found, held, False)


def contents(corpus: Corpus, files: Mapping[str, str]) -> Contents:
    """What the description of the data set tells of it."""
    listing = corpus.listing
    return Contents(
        Sources(listing),
        Scopes(listing),
        _distinct(listing),
        frozenset(listing.vocabularies),
        files,
    )


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles as the description knows them, by their graphs; gone through as often as it needs."""

    listing: Listing

    def __iter__(self) -> Iterator[Source]:
        rows = self.listing.columns("graph", "name, file_name, sha256, triples", ARTICLE)
        return (Source(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of the relations' graphs and their sizes, in the same way."""

    listing: Listing

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((name, size) for name, size in self.listing.columns("graph", "name, triples", RELATIONS))


def counts(corpus: Corpus, held: Contents, described: int) -> dict[str, int]:
    """How many articles, claims by type, quotations, drops, relations and triples a build holds."""
    found = corpus.listing.counts
    types = sorted(name for name in found if name not in ("quotations", "drops"))
    return {
        "articles": corpus.listing.number,
        **{name: found[name] for name in types},
        "quotations": found["quotations"],
        "drops": found["drops"],
        **dict(corpus.related.counts),
        "triples": held.triples + described,
    } | ({"copies": corpus.related.copies} if corpus.related.copies else {})


def plain_files(corpus: Corpus, held: Contents) -> tuple[dict[str, Content], dict[str, int]]:
    """The files of a small build, and its counts; the whole graph is in memory."""
    described = [part.lines() for part in _description(held, corpus.versions)]
    listing = corpus.listing
    graphs = [listing.store.part(facts, "quads") for facts in listing.all()]
    records = b"".join(listing.part("records"))
    files: dict[str, Content] = {
        **graph_files([*graphs, *described]),
        "claims.jsonl": records,
        "datapackage.json": package({"claims": "claims.csv"}),
        "claims.csv": to_csv(json.loads(line) for line in records.split(b"\n") if line),
        **_tables(corpus),
        "dropped.jsonl": b"".join(listing.part("drops")) + corpus.left_out,
    }
    texts = {text_file(f.sha256): listing.store.part(f, "text") for f in listing.articles("text")}
    return files | _common(corpus) | texts, counts(corpus, held, sum(lines.count(b"\n") for lines in described))


def packed_files(corpus: Corpus, out: Path, held: Contents) -> tuple[dict[str, Content], dict[str, int]]:
    """The files of a large build, which are made while they are written, and its counts."""
    frames = Frames(out / "kg.nq.zst")
    files: dict[str, Content] = {
        "kg.nq.zst": frames.of(_parts(corpus, held)),
        "kg.nq.zst.tsv": frames.index(),
        "claims.jsonl.zst": _compressed(corpus.listing.part("records")),
        **_tables(corpus),
        "dropped.jsonl.zst": _compressed(chain(corpus.listing.part("drops"), [corpus.left_out])),
        "inputs.jsonl.zst": _compressed(_inputs(corpus.listing)),
    }
    if next(corpus.listing.articles("text"), None):
        files[KEPT] = _compressed(_texts(corpus.listing))
    return files | _common(corpus), counts(corpus, held, _described(held, corpus.versions))


def _tables(corpus: Corpus) -> dict[str, Content]:
    """The tables of `kg.columns`, which are read from the store when they are written."""
    listing = corpus.listing
    pieces = {
        "claims": listing.part("records"),
        "figures": (listing.store.part(facts, "records") for facts in corpus.related.tables),
        "attribution": listing.part("steps"),
    }
    return {f"{table}.parquet": partial(write_table, table, pieces[table]) for table in TABLES}


def _common(corpus: Corpus) -> dict[str, Content]:
    report = corpus.report
    return {
        "shacl-report.ttl": report.to_turtle(),
        "shacl-report.txt": report.table().encode(),
        "unresolved.tsv": corpus.names,
    }


def _parts(corpus: Corpus, held: Contents) -> Iterator[Part]:
    """All graphs in the order of their names; a frame ends before the description."""
    store = corpus.listing.store

    def part(facts: Facts, ends: bool = False) -> Part:
        return Part(facts.graph, facts.triples, facts.digest, lambda: store.part(facts, "quads"), ends)

    described = False
    last: Facts | None = None
    for facts in corpus.listing.all():
        if not described and facts.graph > GRAPH:
            if last is not None:
                yield part(last, ends=True)
            yield from _description(held, corpus.versions)
            described, last = True, None
        if last is not None:
            yield part(last)
        last = facts
    if last is not None:
        yield part(last, ends=not described)
    if not described:
        yield from _description(held, corpus.versions)


def _description(held: Contents, versions: Mapping[str, str]) -> Iterator[Part]:
    """The description, which changes with every build and is long: in frames of its own."""
    pieces: list[bytes] = []
    quads = 0
    for part in description(held, versions, LONG):
        pieces.append(graph_nquads(part, node(GRAPH)))
        quads += len(part)
        if quads >= LONG:
            yield _piece(pieces, quads)
            pieces, quads = [], 0
    if pieces:
        yield _piece(pieces, quads)


def _piece(pieces: list[bytes], quads: int) -> Part:
    text = b"".join(pieces)
    return Part(GRAPH, quads, digest_of(text), lambda: text, ends=True)


def _described(held: Contents, versions: Mapping[str, str]) -> int:
    """The number of triples of a description: those of a data set of nothing, and the same number for each graph."""
    empty = Contents([], [], held.triples, held.vocabularies, held.files)
    base = sum(len(part) for part in description(empty, versions))
    return base + SOURCE_TRIPLES * sum(1 for _ in held.sources) + SCOPE_TRIPLES * sum(1 for _ in held.scopes)


SOURCE_TRIPLES, SCOPE_TRIPLES = 9, 5  # of each article and of each graph of relations, in the description


def _distinct(listing: Listing) -> int:
    """The number of distinct triples of all graphs together: what several may hold is counted by its hash."""
    alone = listing.quads
    several, waiting, size = np.zeros(0, np.uint64), [np.zeros(0, np.uint64)], 0
    for data in listing.parts("shared"):
        waiting.append(hashes(data))
        size += len(waiting[-1])
        if size > max(MANY_HASHES, len(several)):
            alone -= size
            several, waiting, size = np.unique(np.concatenate((several, *waiting))), [], 0
    return alone - size + len(np.unique(np.concatenate((several, *waiting))))


def _inputs(listing: Listing) -> Iterator[bytes]:
    for article, file, sha256 in listing.columns("name", "name, file_name, sha256", ARTICLE):
        row = {"article": article, "file": file, "sha256": sha256}
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()


def _texts(listing: Listing) -> Iterator[bytes]:
    for facts in listing.articles("text"):
        row = {"sha256": facts.sha256, "text": listing.store.part(facts, "text").decode()}
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()


def described(corpus: Corpus, written: Written) -> Callable[[], Iterator[bytes]] | None:
    """The description of a plain build, in pieces; that of a packed one is long, and read from its file."""
    if written.is_packed:
        return None
    return lambda: (part.lines() for part in _description(written.held, corpus.versions))


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()
