"""What somebody gives for the parameters of a question → terms of the graph. Words never become a part of a query.

A group, an actor and a code are looked up, and what is found is a node; a day and a number are checked, and become
literals that the RDF library writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import LexiconError, QueryError

if TYPE_CHECKING:
    from kg.query import Graph
    from kg.questions import Parameter, Question, Value

_NUMBER = re.compile(r"-?(?:[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = "SELECT DISTINCT ?actor ?name WHERE { ?actor rdfs:label|skos:altLabel ?name ; a kg:Actor }"
SHOWN = 12  # names that an error lists


def terms(graph: Graph, asked: Question, given: Mapping[str, str]) -> dict[str, list[Value]]:
    """The terms for the parameters of a question that somebody gives in words.

    Raises QueryError for a parameter that the question has not, and for words that mean nothing there.
    """
    from kg.questions import parameter

    return {name: _terms(graph, parameter(asked, name), words) for name, words in given.items()}


def _terms(graph: Graph, known: Parameter, words: str) -> list[Value]:
    match known.type:
        case "group":
            from kg.cli.asked import groups

            return list(groups(graph, words))
        case "actor":
            return _actor(graph, known, words)
        case "code":
            return [_code(known, words)]
        case "date":
            return [_date(known, words)]
        case _:
            return [_integer(known, words)]


def _actor(graph: Graph, known: Parameter, words: str) -> list[Value]:
    from pyoxigraph import Literal, NamedNode

    said = " ".join(words.casefold().split())
    rows = [
        (actor, name.value)
        for actor, name in graph.run(_NAMES).rows
        if isinstance(actor, NamedNode) and isinstance(name, Literal)
    ]
    found = {actor.value: actor for actor, name in rows if name.casefold() == said}
    if not found:
        near = sorted({name for _, name in rows}, key=lambda name: (not _share(name, said), name.casefold()))
        more = f" and {len(near) - SHOWN} more" if len(near) > SHOWN else ""
        raise QueryError(f"{known.name}: nobody is called {words!r}; there are {', '.join(near[:SHOWN])}{more}")
    return [found[iri] for iri in sorted(found)]


def _share(name: str, said: str) -> bool:
    return not set(name.casefold().split()).isdisjoint(said.split())


def _code(known: Parameter, words: str) -> Value:
    from pyoxigraph import NamedNode

    from kg.vocab import code, codes

    try:
        return NamedNode(str(code(known.scheme, words)))
    except LexiconError as error:
        listed = ", ".join(codes(known.scheme))
        raise QueryError(f"{known.name}: there is no {known.scheme} {words!r}; use {listed}") from error


def _date(known: Parameter, words: str) -> Value:
    from pyoxigraph import Literal, NamedNode

    from kg.vocab import PREFIXES

    try:
        if not _DAY.fullmatch(words):
            raise ValueError
        date.fromisoformat(words)
    except ValueError as error:
        raise QueryError(f"{known.name}: {words!r} is no day; write it as 2031-05-04") from error
    return Literal(words, datatype=NamedNode(PREFIXES["xsd"] + "date"))


def _integer(known: Parameter, words: str) -> Value:
    from pyoxigraph import Literal

    if not _NUMBER.fullmatch(words):
        raise QueryError(f"{known.name}: {words!r} is no whole number of at most 18 digits; write it as 1250")
    return Literal(int(words.replace(",", "")))
