"""The group that somebody asks for, in their words → the populations of a graph that are meant.

The words themselves never become a part of a query: they are compared here, and the graph is asked for nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from kg.claims.counts.people import person_nouns
from kg.errors import QueryError
from kg.gazetteer import gazetteer
from kg.iri import actor_iri
from kg.query import Graph
from kg.series import CIVIL, People, populations
from kg.vocab import NS

SHOWN = 12  # groups that an error names


def asked(words: str, known: Sequence[People]) -> list[People]:
    """The populations that `words` mean: those called so, and those of the actor that the words name.

    "North Korean soldiers" are all forces of North Korea, however an article calls them, for a figure of one
    origin is known by whose people it counts; "Sudanese civilians" are Sudan's civilians alone, "Sudan" is all of
    them. Does not cover descriptions ("the invaders"), and an unknown noun after a name means only those words.
    """
    said = _plain(words)
    readings = [*_named(said, known), *_listed(words)]
    return [
        people
        for people in known
        if (people.words and _plain(people.words) == said)
        or any(people.owner == actor and _fits(rest, people.role) for actor, rest in readings)
    ]


def none_such(words: str, kind: str, known: Sequence[People]) -> QueryError:
    """The error where nothing answers: what the groups and kinds are that could have been asked for."""
    meant = asked(words, known)
    if meant:
        kinds = sorted({kind for people in meant for kind in people.kinds})
        return QueryError(
            f"no figure counts {words!r} as {kind}; of that group there are figures of {', '.join(kinds) or 'no kind'}"
        )
    names = sorted({name for people in known for name in (people.label, people.words) if name and people.kinds})
    said = set(_plain(words).split())
    groups = sorted(
        {name.casefold(): name for name in names}.values(),
        key=lambda name: (said.isdisjoint(_plain(name).split()), name.casefold()),  # the likest first
    )
    more = f" and {len(groups) - SHOWN} more" if len(groups) > SHOWN else ""
    listed = ", ".join(groups[:SHOWN]) + more if groups else "none"
    return QueryError(f"no figure counts a group {words!r}; the groups of this build: {listed}")


def _plain(words: str) -> str:
    plain = " ".join(words.casefold().split())
    return plain.removeprefix("the ")


def _named(said: str, known: Sequence[People]) -> Iterator[tuple[str, str]]:
    """The actors of the graph whose name the words begin with, and what follows it."""
    for owner, name in sorted({(people.owner or "", name) for people in known for name in people.names}):
        rest = said.removeprefix(_plain(name))
        if owner and rest != said and rest[:1] in ("", " "):
            yield owner, rest.strip()


def _listed(words: str) -> Iterator[tuple[str, str]]:
    """The actors of the reference tables whose name or people's name the words begin with."""
    for spelling in dict.fromkeys((words, words.title())):
        for hit in gazetteer().find_names(spelling):
            if not _plain(spelling[: hit.start] + "x").removesuffix("x"):
                for key in hit.keys:
                    yield str(NS[actor_iri(key)]), _plain(spelling[hit.end :])


def _fits(rest: str, role: str | None) -> bool:
    """Whether a role is of the sort that a noun names; no noun means everybody."""
    if not rest:
        return True
    singular, plural = person_nouns()
    last = rest.split()[-1]
    asked_for = plural.get(last) or singular.get(last)
    if asked_for is None:
        return False
    return role == asked_for if asked_for in CIVIL else role not in CIVIL


def groups(graph: Graph, words: str) -> list[NamedNode]:
    """The nodes of the populations of a build that `words` mean; raises QueryError where they mean none."""
    known = populations(graph)
    found = asked(words, known)
    if not found:
        raise none_such(words, "", known)
    return [people.node for people in found]
