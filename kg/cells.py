"""One article's graph → the cells that it gives to tables, read off its lines.

A query for each would cost a tenth of reading the article. What is read is what the graph says, so that tables and
graph cannot tell two stories. Where a slot has several values, the first in order is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import Literal, RdfFormat, parse
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS

from kg.vocab import PREFIXES, T, notations

Row = dict[str, Any]
JOINS = {"supersedes": "supersedes", "conflicts_with": "conflictsWith", "agrees_with": "agreesWith"}  # properties
_SPACE = PREFIXES["kg"]
_GENERAL = ("Actor", "Organisation")  # classes that say less than another class of the same actor


class _Nodes:
    """The slots of an article's nodes that tables need; nodes and slots go by their names in the ontology."""

    def __init__(self, quads: bytes) -> None:
        slots = _slots()
        found: dict[bytes, dict[str, list[bytes]]] = {}
        for line in quads.splitlines():  # no line break stands in a line: they are escaped
            subject, property_, rest = line.split(b" ", 2)
            if slot := slots.get(property_):
                found.setdefault(subject, {}).setdefault(slot, []).append(rest[: rest.rindex(b" <")])

        self._found = {_text(name): of for name, of in found.items()}

    @property
    def claims(self) -> list[str]:
        """The names of the claims, sorted."""
        claim = f"<{T.StatedClaim}>".encode()
        return sorted(name for name, of in self._found.items() if claim in of.get("type", ()))

    def all(self, node: str | None, slot: str) -> list[str]:
        """The values of a slot; without the namespace for nodes of the data and terms of the ontology."""
        found = self._found.get(node or "", {}).get(slot, ())
        return sorted(map(_text, found)) if len(found) > 1 else [_text(value) for value in found]

    def one(self, node: str | None, *path: str) -> str | None:
        """The first value at the end of a path of slots."""
        for slot in path:
            found = self._found.get(node or "", {}).get(slot)
            if not found:
                return None
            node = _text(found[0]) if len(found) == 1 else min(map(_text, found))
        return node

    def whole(self, node: str | None, slot: str) -> int | None:
        """The first value as a whole number."""
        value = self.one(node, slot)
        return None if value is None else int(value)

    def code(self, node: str | None, slot: str, scheme: str) -> str | None:
        """The code of the first value."""
        return _code(scheme, self.one(node, slot))

    def words(self, node: str) -> tuple[str | None, int | None, int | None]:
        """The node's words that stand first in the text, and where."""
        known = [e for e in self.all(node, "evidence") if self.one(e, "start") is not None]
        first = min(known, key=lambda e: (self.whole(e, "start"), self.one(e, "words")), default=None)
        return self.one(first, "words"), self.whole(first, "start"), self.whole(first, "end")


def cells(quads: bytes) -> tuple[list[Row], list[Row]]:
    """The table of attribution, one row per step of each claim's chain, by claim and step; and what each claim gives
    to the row of a figure, should it be its lead."""
    nodes = _Nodes(quads)
    steps = []
    for claim in nodes.claims:
        chain = [(link, agent) for link in nodes.all(claim, "attribution") for agent in nodes.all(link, "agent")]
        found = [(_order(nodes, link, agent), _step(nodes, claim, link, agent)) for link, agent in chain]
        steps += [row for _, row in sorted(found, key=lambda pair: pair[0])]
    return steps, [_lead(nodes, claim) for claim in nodes.claims]


def joins(quads: bytes) -> list[tuple[str, str, str]]:
    """The claims that relations join, with what joins them: a name of `JOINS`, the one claim and the other."""
    return [(name, one.decode(), other.decode()) for name in JOINS for one, other in _pattern(name).findall(quads)]


def _lead(nodes: _Nodes, claim: str) -> Row:
    words, start, end = nodes.words(claim)
    people, time = nodes.one(claim, "population"), nodes.one(claim, "asOf")
    kinds = (_code("casualty-kind", kind) for kind in nodes.all(claim, "casualtyKind"))
    return {
        "lead": claim,
        "label": nodes.one(claim, "label"),
        "kinds": sorted(kind for kind in kinds if kind),
        "low": nodes.whole(claim, "low"),
        "best": nodes.whole(claim, "best"),
        "high": nodes.whole(claim, "high"),
        "vague": nodes.one(claim, "vagueAmount"),
        "approx": nodes.one(claim, "approximate") == "true",
        "negated": nodes.one(claim, "negated") == "true",
        "group": nodes.one(people, "groupWords"),
        "nationality": nodes.one(people, "allegiance", "label"),
        "role": nodes.code(people, "populationRole", "population-role"),
        "via": _via(nodes, claim),
        "place": nodes.one(claim, "place", "label"),
        "status": nodes.code(claim, "deploymentStatus", "deployment-status"),
        "as_of": nodes.one(time, "edtf"),
        "earliest": nodes.one(time, "earliest"),
        "latest": nodes.one(time, "latest"),
        "file": nodes.one(claim, "article", "fileName"),
        "start": start,
        "end": end,
        "words": words,
    }


def _via(nodes: _Nodes, claim: str) -> list[str]:
    """The go-betweens, the nearest to the page first; those of one step are one entry."""
    found: dict[int, list[str]] = {}
    for link in nodes.all(claim, "attribution"):
        if nodes.code(link, "role", "attribution-role") == "relay":
            names = [name for agent in nodes.all(link, "agent") for name in nodes.all(agent, "label")]
            found.setdefault(nodes.whole(link, "order") or 0, []).extend(names)
    return [" and ".join(sorted(set(names))) for _, names in sorted(found.items())]


def _step(nodes: _Nodes, claim: str, link: str, agent: str) -> Row:
    words, start, end = nodes.words(link)
    return {
        "claim": claim,
        "step": nodes.whole(link, "order"),
        "role": nodes.code(link, "role", "attribution-role"),
        "agent": agent,
        "name": nodes.one(agent, "label"),
        "type": _kind(nodes.all(agent, "type")),
        "state": nodes.one(agent, "ofState", "label"),
        "disclosure": nodes.code(link, "disclosure", "disclosure"),
        "mode": nodes.code(link, "mode", "attribution-mode"),
        "basis": nodes.code(link, "basis", "basis"),
        "said_on": nodes.one(link, "saidOn", "edtf"),
        "venue": nodes.one(link, "venue", "words"),
        "cue": nodes.one(link, "cue", "words"),
        "words": words,
        "file": nodes.one(claim, "article", "fileName"),
        "start": start,
        "end": end,
    }


def _order(nodes: _Nodes, link: str, agent: str) -> tuple[int, str, str, str]:
    return nodes.whole(link, "order") or 0, nodes.one(link, "role") or "", agent, link


def _kind(types: Iterable[str]) -> str | None:
    """The finest of an actor's classes."""
    own = [name for name in types if name in T]
    return next((name for name in own if name not in _GENERAL), next((name for name in own if name != "Actor"), None))


def _code(scheme: str, name: str | None) -> str | None:
    return None if name is None else notations(scheme).get(_SPACE + name)


@lru_cache(maxsize=4096)
def _text(term: bytes) -> str:
    """What a term says; a node of the data or term of the ontology by its local name."""
    if term.startswith(b"<"):
        return term[1:-1].decode().removeprefix(_SPACE)
    if b"\\" in term:
        (triple,) = parse(b"<x:x> <x:x> " + term + b" .", format=RdfFormat.N_TRIPLES)
        return triple.object.value if isinstance(triple.object, Literal) else ""
    return term[1 : term.rindex(b'"')].decode()


@cache
def _slots() -> Mapping[bytes, str]:
    """The properties that are read, as they are written, and what they are called here."""
    names = [
        "agent",
        "allegiance",
        "approximate",
        "article",
        "asOf",
        "attribution",
        "basis",
        "best",
        "casualtyKind",
        "cue",
        "deploymentStatus",
        "disclosure",
        "earliest",
        "edtf",
        "end",
        "evidence",
        "fileName",
        "groupWords",
        "high",
        "latest",
        "low",
        "mode",
        "negated",
        "ofState",
        "order",
        "place",
        "population",
        "populationRole",
        "role",
        "saidOn",
        "start",
        "vagueAmount",
        "venue",
        "words",
    ]
    known: dict[str, URIRef] = {name: T[name] for name in names} | {"label": RDFS.label, "type": RDF.type}
    return {f"<{iri}>".encode(): name for name, iri in known.items()}


@cache
def _pattern(name: str) -> re.Pattern[bytes]:
    node = re.escape(_SPACE) + "([^<>]+)"
    return re.compile(f"^<{node}> <{re.escape(str(T[JOINS[name]]))}> <{node}> ".encode(), re.MULTILINE)
