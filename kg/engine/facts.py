"""What the engine keeps in memory of a stored graph: its name, size and digest; all else stays in the store."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode
from rdflib.namespace import RDF

from kg.vocab import NS, PREFIXES

# Nodes whose names hold their article, and of which no other article's graph says anything. Triples of all others may
# stand in several graphs, and are counted once (`shared`).
OF_ONE_ARTICLE = ("article", "claim", "evidence", "extraction", "link", "population", "quotation", "time")
ALONE = ("figure", "relation")  # the same of one scope's graph
TYPED = ("actor", "claim", "figure", "population", "time")  # nodes that relations point at
_TYPE = f" {NamedNode(str(RDF.type))} ".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One stored graph: of an article, or of the relations of one scope."""

    key: str
    graph: str  # local name
    digest: str  # of its N-Quads
    triples: int
    vocabularies: tuple[str, ...]  # prefixes of its properties
    article: str = ""  # id; empty for relations
    node: str = ""  # local name of the article
    file_name: str = ""
    sha256: str = ""
    scope: str = ""  # of relations
    counts: tuple[tuple[str, int], ...] = ()
    lost: str = ""  # why the article could not be read
    day: str = ""  # of publication
    filled: tuple[str, ...] = ()  # the stored parts that are not empty
    pages: tuple[str, ...] = ()  # of relations: the articles whose claims they join

    def to_bytes(self) -> bytes:
        """One line of JSON."""
        return json.dumps(_VALUES(self)[1:], ensure_ascii=False, separators=(",", ":")).encode()

    def to_values(self) -> bytes:
        """All of it for this process, which reads it back more quickly."""
        return marshal.dumps(_VALUES(self))


def facts_of(data: bytes) -> Facts:
    """The facts that `Facts.to_values` gave."""
    return Facts(**dict(zip(_NAMES, marshal.loads(data), strict=True)))  # noqa: S302 - never leaves the process


_NAMES = tuple(field.name for field in fields(Facts))
_VALUES = attrgetter(*_NAMES)


def facts_from(key: str, data: bytes) -> Facts:
    """The facts that `Facts.to_bytes` wrote under a key."""
    graph, digest, triples, vocabularies, article, node, file_name, sha256, scope, counts, lost, day, filled, pages = (
        json.loads(data)
    )
    return Facts(
        key=key,
        graph=graph,
        digest=digest,
        triples=triples,
        vocabularies=tuple(map(intern, vocabularies)),
        article=article,
        node=node,
        file_name=file_name,
        sha256=sha256,
        scope=scope,
        counts=tuple((intern(name), count) for name, count in counts),
        lost=lost,
        day=day,
        filled=tuple(map(intern, filled)),
        pages=tuple(pages),
    )


def digest_of(data: bytes) -> str:
    """A short hash of some bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def vocabularies(quads: bytes) -> tuple[str, ...]:
    """The prefixes of the properties in some N-Quads, sorted."""
    used = {line.split(b" ", 2)[1][1:-1].decode() for line in quads.split(b"\n") if line}
    return tuple(sorted(p for p, space in PREFIXES.items() if any(name.startswith(space) for name in used)))


def shared(quads: bytes, graph: str, own: Iterable[str] = OF_ONE_ARTICLE) -> bytes:
    """Hashes of the triples that other graphs may hold too, 8 bytes each; `own` are kinds of nodes of this alone."""
    alone = tuple(f"<{NS['']}{kind}_".encode() for kind in own)
    end = f" {NamedNode(str(NS[graph]))} .".encode()
    lines = (line for line in quads.split(b"\n") if line and not line.startswith(alone))
    return b"".join(blake2b(line.removesuffix(end), digest_size=8).digest() for line in lines)


def hashes(data: bytes) -> NDArray[np.uint64]:
    """What `shared` wrote, as numbers."""
    return np.frombuffer(data, np.uint64)


def typings(quads: bytes, graph: str) -> bytes:
    """The N-Triples that give the nodes that relations may point at their classes."""
    kinds = tuple(f"<{NS['']}{kind}_".encode() for kind in TYPED)
    end = f" {NamedNode(str(NS[graph]))} .".encode()
    lines = (line for line in quads.split(b"\n") if _TYPE in line and line.startswith(kinds))
    return b"".join(line.removesuffix(end) + b" .\n" for line in lines)


def plain(values: Iterable[Any]) -> bytes:
    """JSON of some values, for keys."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=repr).encode()
