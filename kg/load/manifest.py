"""The manifest: one graph in the store that says which graphs we put there, with which digest.

A graph is listed before it is first sent, and gets its digest only after its triples have been counted. What a run
that broke off has left behind is thus known to be unfinished, and a later run finishes or removes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal
from rdflib.namespace import VOID

from kg.errors import LoadError
from kg.load.remote import Remote, deletion, insertion
from kg.load.source import named, pieces
from kg.rdf import TYPE, iri
from kg.vocab import NS, T

NAME = "load_manifest"
PAGE = 1000  # rows asked for at once; many stores cut long answers without a word
LINES = 900  # of one update
FORGETS = "the store does not keep what it takes; its own log says more"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of a graph; without a digest the graph is unfinished."""

    digest: str | None = None
    triples: int | None = None

    @property
    def finished(self) -> bool:
        """Whether the graph was counted after it was sent."""
        return self.digest is not None and self.triples is not None


class Manifest:
    """The manifest of one prefix in one store."""

    def __init__(self, remote: Remote, prefix: str = "") -> None:
        self._remote = remote
        self.name = (prefix or str(NS[""])) + NAME
        self._me = named(self.name)

    def read(self) -> dict[str, Entry]:
        """Every graph that is listed; raises LoadError where the manifest contradicts itself."""
        found: dict[str, Entry] = {}
        last = ""
        while page := self._page(last):
            if all(row["g"] in found for row in page):
                raise LoadError(f"{self.name}: the store gives the same rows again and again; its own log says more")
            for row in page:
                graph, digest = row["g"], row.get("d")
                if graph in found and found[graph].digest != digest:
                    raise LoadError(f"{self.name}: gives {graph} two digests; drop it with --drop and load again")
                triples = row.get("n", "")
                found[graph] = Entry(digest, int(triples) if triples.isdecimal() else None)
            last = page[-1]["g"]
        return found

    def triples(self) -> int:
        """How many triples all listed graphs have in the store, together."""
        return self._remote.number(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {self._me} {{ {self._me} {iri(VOID.subset)} ?g }} "
            "GRAPH ?g { ?s ?p ?o } }"
        )

    def total(self) -> str | None:
        """The digest of a load that was finished; None while one is under way or broke off."""
        rows = self._remote.select(
            f"SELECT ?d WHERE {{ GRAPH {self._me} {{ {self._me} {iri(T.graphDigest)} ?d }} }} ORDER BY ?d LIMIT 2"
        )
        return rows[0]["d"] if len(rows) == 1 else None

    def open(self, total: str | None) -> None:
        """Say that a load is under way; raises LoadError where the store forgets it at once.

        What is sent before it is listed would later look like somebody else's.
        """
        if total is not None:
            self._apply(deletion, [self._digest(self.name, total)])
        self._apply(insertion, [f"{self._me} {TYPE} {iri(T.LoadManifest)} ."])
        if not self._remote.select(f"SELECT ?t WHERE {{ GRAPH {self._me} {{ {self._me} {TYPE} ?t }} }} LIMIT 1"):
            raise LoadError(f"{self.name}: {FORGETS}")

    def begin(self, graphs: Mapping[str, Entry]) -> None:
        """List graphs that are going to change, and forget what is known of them."""
        self._apply(deletion, (line for name, entry in graphs.items() for line in self._known(name, entry)))
        self._apply(insertion, (line for name in graphs for line in self._listed(name)))

    def finish(self, graphs: Mapping[str, Entry]) -> None:
        """Give graphs the digests that they have been found to deserve."""
        self._apply(insertion, (line for name, entry in graphs.items() for line in self._known(name, entry)))

    def forget(self, graphs: Mapping[str, Entry]) -> None:
        """Take graphs off the list that are gone."""
        lines = [(*self._known(name, entry), *self._listed(name)) for name, entry in graphs.items()]
        self._apply(deletion, (line for group in lines for line in group))

    def close(self, total: str) -> None:
        """Say that everything is there."""
        self._apply(insertion, [self._digest(self.name, total)])

    def drop(self) -> None:
        """Remove the manifest itself."""
        self._remote.drop([self.name])

    def _page(self, last: str) -> list[dict[str, str]]:
        after = f"FILTER(STR(?g) > {Literal(last)})" if last else ""
        return self._remote.select(
            f"SELECT ?g ?d ?n WHERE {{ GRAPH {self._me} {{ {self._me} {iri(VOID.subset)} ?g . "
            f"OPTIONAL {{ ?g {iri(T.graphDigest)} ?d }} OPTIONAL {{ ?g {iri(VOID.triples)} ?n }} }} {after} }} "
            f"ORDER BY STR(?g) LIMIT {PAGE}"
        )

    def _apply(self, change: Callable[[str, Sequence[str]], str], lines: Iterable[str]) -> None:
        for chunk in pieces(lines, LINES):
            self._remote.update(change(self.name, chunk))

    def _listed(self, graph: str) -> Iterator[str]:
        yield f"{self._me} {iri(VOID.subset)} {named(graph)} ."
        yield f"{named(graph)} {TYPE} {iri(VOID.Dataset)} ."

    def _known(self, graph: str, entry: Entry) -> Iterator[str]:
        if entry.digest is not None:
            yield self._digest(graph, entry.digest)
        if entry.triples is not None:
            yield f"{named(graph)} {iri(VOID.triples)} {Literal(entry.triples)} ."

    def _digest(self, graph: str, digest: str) -> str:
        return f"{named(graph)} {iri(T.graphDigest)} {Literal(digest)} ."


def total_of(digests: Mapping[str, str]) -> str:
    """One digest for all graphs together: of their names and digests."""
    return hashlib.sha256("\n".join(f"{name} {digests[name]}" for name in sorted(digests)).encode()).hexdigest()
