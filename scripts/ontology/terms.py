"""The ontology as the generators need it: the graph, its own classes, and which properties belong to which class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.paths import ontology_dir
from kg.vocab import PREFIXES, definition_files

KG = PREFIXES["kg"]
VALUES_FROM = URIRef(KG + "valuesFrom")


@dataclass(frozen=True, order=True)
class Property:
    """A property of a class: its name, and what its values are."""

    name: str
    values: str


@cache
def definitions(external: bool = True) -> Graph:
    """All definitions, with or without the declarations of others' terms."""
    graph = Graph()
    for path in definition_files():
        if external or path.name != "external.ttl":
            graph.parse(path)
    return graph


@cache
def examples() -> Graph:
    """All examples together: of interest is only which class has which property."""
    graph = Graph()
    for path in sorted((ontology_dir() / "examples").glob("*.ttl")):
        graph.parse(path)
    return graph


def own_classes() -> list[URIRef]:
    """Our classes by name."""
    return sorted(c for c in definitions().subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c.startswith(KG))


def parents(one: URIRef, own: bool = True) -> list[URIRef]:
    """The classes right above a class, ours or those of others."""
    found = (c for c in definitions().objects(one, RDFS.subClassOf) if isinstance(c, URIRef))
    return sorted(c for c in found if c.startswith(KG) == own)


def ancestors(one: URIRef) -> list[URIRef]:
    """A class and all of ours above it, the nearest first."""
    found = [one]
    for each in found:
        found += [parent for parent in parents(each) if parent not in found]
    return found


def own_properties() -> list[URIRef]:
    """Our object and datatype properties by name."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    found = {p for kind in kinds for p in definitions().subjects(RDF.type, kind)}
    return sorted(p for p in found if isinstance(p, URIRef) and p.startswith(KG))


@cache
def properties() -> dict[URIRef, tuple[Property, ...]]:
    """Each class with the properties that are its own: by their domain, or else by the examples that use them.

    A property without a domain belongs to the nearest class above all classes of a tree whose examples have it.
    """
    found: dict[URIRef, set[Property]] = {one: set() for one in own_classes()}
    for term in own_properties():
        domain = definitions().value(term, RDFS.domain)
        owners = [domain] if isinstance(domain, URIRef) and domain in found else _owners(_users(term))
        for owner in owners:
            found[owner].add(Property(name(term), _values(term)))
    return {one: tuple(sorted(own)) for one, own in found.items()}


def name(term: object) -> str:
    """A name as in `kg:name`, with its prefix where it is not ours."""
    text = str(term)
    for prefix, space in PREFIXES.items():
        if text.startswith(space):
            return text.removeprefix(space) if prefix == "kg" else f"{prefix}:{text.removeprefix(space)}"
    return text


def _users(term: URIRef) -> list[URIRef]:
    classes = {kind for s in examples().subjects(term) for kind in examples().objects(s, RDF.type)}
    own = {c for c in classes if isinstance(c, URIRef) and c in own_classes()}
    # A property of foreign nodes alone stands with the class whose example has it.
    named = {c for c in own_classes() if not own and str(definitions().value(term, SKOS.example)) == f"{name(c)}.ttl"}
    return sorted(own | named)


def _owners(users: Iterable[URIRef]) -> list[URIRef]:
    """For each tree of classes, the nearest class that is above all of its users."""
    trees: dict[URIRef, list[URIRef]] = {}
    for user in users:
        trees.setdefault(ancestors(user)[-1], []).append(user)
    return [
        next(each for each in ancestors(own[0]) if all(each in ancestors(user) for user in own))
        for _, own in sorted(trees.items())
    ]


def _values(term: URIRef) -> str:
    scheme = definitions().value(term, VALUES_FROM)
    if scheme is not None:
        return f"code of {name(scheme).removeprefix('codes-')}"
    return ", ".join(sorted(name(each) for each in definitions().objects(term, RDFS.range))) or "any"
