"""All that a build knows when everything is read: what its files, their counts and the description are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kg.dataset import SCOPE_TRIPLES, SOURCE_TRIPLES, Contents, Source, description
from kg.engine.facts import hashes
from kg.engine.listing import ARTICLE, RELATIONS, Listing
from kg.engine.related import Related
from kg.export import Content
from kg.validate import Report

MANY_HASHES = 1_000_000  # that are held until they are sorted in
MANY_ARTICLES, MANY_QUADS = 1_000, 250_000  # a build with more of either is packed


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

    def common(self) -> dict[str, Content]:
        """The files that are the same in every form of a build."""
        return {
            "shacl-report.ttl": self.report.to_turtle(),
            "shacl-report.txt": self.report.table().encode(),
            "unresolved.tsv": self.names,
        }


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
        rows = self.listing.columns("graph", "name, file_name, sha256, triples, graph", ARTICLE)
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


def described_triples(corpus: Corpus, held: Contents) -> int:
    """The number of triples of a description: those of a data set of nothing, and the same number for each graph."""
    empty = Contents([], [], held.triples, held.vocabularies, held.files)
    base = sum(part.size for part in description(empty, corpus.versions))
    of_source, of_scope = SOURCE_TRIPLES + 3, SCOPE_TRIPLES + 1  # with those of the data set and of its making
    return base + of_source * corpus.listing.number + of_scope * corpus.listing.scopes


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
