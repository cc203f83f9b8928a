"""The ontology, read once into closed vocabularies: a term, code or prefix that is not there raises.

>>> T.CasualtyClaim == T["CasualtyClaim"]
True
>>> T.CasultyClaim
Traceback (most recent call last):
    ...
kg.vocab.UnknownTermError: the ontology has no term kg:CasultyClaim; did you mean kg:CasualtyClaim?
>>> code("casualty-kind", "killed") == NS["casualty-kind-killed"]
True
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyoxigraph as ox
from rdflib import URIRef

from kg.errors import LexiconError
from kg.paths import ontology_dir

_OWN = "kg"
_Node = TypeVar("_Node", bound=Hashable)


class UnknownTermError(LexiconError, AttributeError):
    """A term that no file of the ontology declares."""


class Terms:
    """The terms that the ontology declares under one prefix, as attributes or items.

    Reads nothing until the first term is asked for. `T["from"]` is for names that Python reserves.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __getitem__(self, name: str) -> URIRef:
        declared = _declared(self._prefix)
        if name in declared:
            return declared[name]
        near = get_close_matches(name, declared, n=1)
        hint = f"; did you mean {self._prefix}:{near[0]}?" if near else ""
        raise UnknownTermError(f"the ontology has no term {self._prefix}:{name}{hint}")

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.__dict__[name] = self[name]  # the next time, nobody is asked
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_declared(self._prefix))

    def __contains__(self, name: object) -> bool:
        return name in _declared(self._prefix)


class DataNamespace:
    """The open namespace of the data: `NS["claim_12ab"]`."""

    def __getitem__(self, local_name: str) -> URIRef:
        return URIRef(PREFIXES[_OWN] + local_name)


T = Terms(_OWN)
OA = Terms("oa")
NS = DataNamespace()


def terms(*names: str) -> tuple[URIRef, ...]:
    """Our own terms by name; raises UnknownTermError at once, so that a module can ask when it is imported."""
    return tuple(T[name] for name in names)


def code(scheme: str, notation: str) -> URIRef:
    """The concept of a code scheme by its notation; raises LexiconError on an unknown scheme or code."""
    known = codes(scheme)
    if notation not in known:
        raise LexiconError(f"unknown code {notation!r} in {scheme}; it has {', '.join(known)}")
    return known[notation]


def codes(scheme: str) -> Mapping[str, URIRef]:
    """All codes of a scheme, sorted by notation; raises LexiconError on an unknown scheme."""
    schemes = _schemes()
    if scheme not in schemes:
        raise LexiconError(f"unknown code scheme {scheme!r}; there are {', '.join(schemes)}")
    return schemes[scheme]


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


@cache
def prefixes() -> Mapping[str, str]:
    """Prefix to namespace, as the header `ontology/kg.ttl` declares them for SHACL."""
    store = ox.Store()
    store.bulk_load(path=str(ontology_dir() / "kg.ttl"), format=ox.RdfFormat.TURTLE)
    # The header bootstraps itself: its own `sh:` is the only prefix that can be looked up by its text.
    by_name: dict[ox.BlankNode | ox.NamedNode, dict[str, str]] = {}
    for quad in store:
        name = quad.predicate.value.rsplit("#", 1)[-1]
        if name in ("prefix", "namespace") and isinstance(quad.subject, ox.BlankNode | ox.NamedNode):
            by_name.setdefault(quad.subject, {})[name] = _text(quad.object)
    found = {entry["prefix"]: entry["namespace"] for entry in by_name.values()}
    return dict(sorted(found.items(), key=lambda item: (item[0] != _OWN, item[0])))


PREFIXES = prefixes()


@cache
def version() -> str:
    """The ontology's `owl:versionInfo`."""
    return next(o for _, p, o in definitions() if p == PREFIXES["owl"] + "versionInfo")


def definition_files() -> tuple[Path, ...]:
    """The header, terms and codes: what the data graph needs beside it to be validated or reasoned over."""
    root = ontology_dir()
    return (root / "kg.ttl", *sorted(root.glob("terms/*.ttl")), *sorted(root.glob("codes/*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """The header, which declares the prefixes of the SPARQL constraints, and the shapes."""
    root = ontology_dir()
    return (root / "kg.ttl", *sorted(root.glob("shapes/*.ttl")))


@cache
def definitions() -> tuple[tuple[str, str, str], ...]:
    """Every triple of the definition files as plain strings: IRIs, and literals without type or language.

    Raises LexiconError where a file is no Turtle.
    """
    triples: list[tuple[str, str, str]] = []
    for path in definition_files():
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise LexiconError(f"{path.name}:{error.lineno}: {error.msg}; correct the Turtle") from error
        triples.extend((_text(q.subject), q.predicate.value, _text(q.object)) for q in quads)
    return tuple(triples)


@cache
def preferred_labels(scheme: str) -> Mapping[str, str]:
    """The codes of a scheme with their labels for people; raises LexiconError on an unknown scheme.

    >>> preferred_labels("relation-type")["same-origin-near"]
    'same-origin nearness'
    """
    labels = {s: o for s, p, o in definitions() if p == PREFIXES["skos"] + "prefLabel"}
    return {notation: labels[str(concept)] for notation, concept in codes(scheme).items()}


@cache
def notations(scheme: str) -> Mapping[str, str]:
    """The codes of a scheme by IRI; raises LexiconError on an unknown scheme."""
    return {str(concept): notation for notation, concept in codes(scheme).items()}


@cache
def shortcuts() -> Mapping[str, URIRef]:
    """The property that says a relation in one triple, by the IRI of its relation type or attribution role."""
    return {concept: URIRef(term) for concept, p, term in sorted(definitions()) if p == str(T.shortcut)}


class Axioms(NamedTuple):
    """What the ontology says of its own properties, as far as plain queries can use it. All are IRIs."""

    symmetric: frozenset[str]
    transitive: frozenset[str]
    broader: Mapping[str, frozenset[str]]  # property → the properties that it implies, near and far


@cache
def axioms() -> Axioms:
    """The property axioms from which triples follow; parents outside our namespace are left out."""
    owl, parent = PREFIXES["owl"], PREFIXES["rdfs"] + "subPropertyOf"
    near: dict[str, set[str]] = {}
    for s, p, o in definitions():
        if p == parent and o.startswith(PREFIXES[_OWN]):
            near.setdefault(s, set()).add(o)
    return Axioms(
        frozenset(s for s, _, o in definitions() if o == owl + "SymmetricProperty"),
        frozenset(s for s, _, o in definitions() if o == owl + "TransitiveProperty"),
        {name: frozenset(reachable(near, name)) for name in sorted(near)},
    )


def reachable(edges: Mapping[_Node, Iterable[_Node]], start: _Node) -> set[_Node]:
    """The nodes to which edges lead from `start`: itself only if it stands on a circle."""
    reached: set[_Node] = set()
    todo = [start]
    while todo:
        new = set(edges.get(todo.pop(), ())) - reached
        reached |= new
        todo.extend(new)
    return reached


@cache
def _declared(prefix: str) -> Mapping[str, URIRef]:
    if prefix not in PREFIXES:
        raise LexiconError(f"the header kg.ttl declares no prefix {prefix!r}")
    base, rdf_type = PREFIXES[prefix], PREFIXES["rdf"] + "type"
    names = {s.removeprefix(base) for s, p, _ in definitions() if p == rdf_type and s.startswith(base)}
    return {name: URIRef(base + name) for name in sorted(names) if name}


@cache
def _schemes() -> Mapping[str, Mapping[str, URIRef]]:
    base, skos = PREFIXES[_OWN], PREFIXES["skos"]
    notations = {s: o for s, p, o in definitions() if p == skos + "notation"}
    schemes: dict[str, dict[str, URIRef]] = {}
    for concept, p, scheme in definitions():
        if p == skos + "inScheme":
            schemes.setdefault(scheme.removeprefix(base + "codes-"), {})[notations[concept]] = URIRef(concept)
    return {scheme: dict(sorted(members.items())) for scheme, members in sorted(schemes.items())}
