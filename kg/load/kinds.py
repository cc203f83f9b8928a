"""Where each kind of store takes queries, updates and graphs: kg/data/stores.tsv, and what the user says instead."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import httpx

from kg.errors import LoadError

_TABLE = Path(__file__).resolve().parent.parent / "data" / "stores.tsv"
_HOST = re.compile(r"[\w.:-]+")
OTHER_CHUNK = 1000  # triples in one update, where we do not know the store


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of store. Addresses are relative to its base; an empty one is the base, None is unknown or absent."""

    name: str
    server: str  # how its Server header begins; empty where that does not tell
    query: str
    update: str
    graphs: str | None  # of the Graph Store Protocol
    chunk: int


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of one store; without `graphs` everything goes through updates of `chunk` triples."""

    query: str
    update: str
    graphs: str | None
    chunk: int
    kind: str = ""

    def with_own(self, update: str | None, graphs: str | None, chunk: int | None) -> Endpoints:
        """The same with what the user gave in their place."""
        return replace(
            self,
            update=update or self.update,
            graphs=graphs or self.graphs,
            chunk=chunk or self.chunk,
        )


@cache
def kinds() -> dict[str, Kind]:
    """All kinds of stores that we know, by name."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            row["kind"]: Kind(
                row["kind"], row["server"], row["query"], row["update"], row["graphs"] or None, int(row["chunk"])
            )
            for row in rows
        }


def kind_of(server: str) -> Kind | None:
    """The kind of store that calls itself so in its Server header."""
    return next((kind for kind in kinds().values() if kind.server and server.startswith(kind.server)), None)


def endpoints(url: str, kind: Kind) -> Endpoints:
    """The addresses of a store of that kind; `url` is its base or where it takes queries."""
    head, mark, parameters = url.partition("?")
    base = head.rstrip("/")
    if kind.query and base.endswith(f"/{kind.query}"):
        base = base.removesuffix(f"/{kind.query}")

    def at(path: str) -> str:
        return (f"{base}/{path}" if path else base) + mark + parameters

    return Endpoints(
        at(kind.query), at(kind.update), at(kind.graphs) if kind.graphs is not None else None, kind.chunk, kind.name
    )


def plain(url: str) -> Endpoints:
    """The addresses of a store that we do not know: one for all, and nothing but queries and updates."""
    return Endpoints(url, url, None, OTHER_CHUNK)


def checked(url: str) -> str:
    """A URL that can be asked; raises LoadError, without repeating it, where it holds a password or is no URL."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        parsed = httpx.URL("")
    if parsed.userinfo:
        raise LoadError("the URL holds a password; give --user and --password-env in its place")
    if parsed.scheme not in ("http", "https") or not _HOST.fullmatch(parsed.host):
        raise LoadError("the store's URL must begin with http or https and name a host; correct it")
    if parsed.fragment:
        raise LoadError("the store's URL has a part after '#'; leave it out")
    return str(parsed)
