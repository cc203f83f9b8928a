"""The reference tables as values: actors, the forms that name them, the patterns of bodies, and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.gazetteer.words import Word, words
from kg.lexicon import Row, read_table
from kg.model import Actor

STATES = ("key", "name", "article", "ambiguous", "aliases", "demonyms", "metonyms", "iso2", "wikidata", "example")
TERRITORIES = ("key", "name", "article", "aliases", "demonyms", "state", "code", "wikidata", "example")
PEOPLE = ("key", "name", "aliases", "surnames", "famous", "state", "group", "role", "wikidata", "example")
OUTLETS = ("key", "name", "ambiguous", "aliases", "domain", "state", "group", "agency", "roles", "wikidata", "example")
BODIES = ("key", "name", "ambiguous", "aliases", "metonyms", "state", "roles", "wikidata", "example")
ARMED_GROUPS = ("key", "name", "ambiguous", "aliases", "states", "wikidata", "example")
BODY_PATTERNS = ("role", "phrases", "kind", "name", "example")
NOT_NAMES = ("words", "why")
PLACES = ("key", "name", "ambiguous", "aliases", "country", "kind", "wikidata", "geonames", "population")

ACTOR_KINDS = (
    "state", "person", "organisation", "media-outlet", "government-body", "armed-force", "armed-group"
)  # fmt: skip
PLACE_KINDS = ("country", "territory", "region", "district", "city", "town")
_QUALIFIER = re.compile(r" \([^()]*\)$")


class Form(NamedTuple):
    """One way to write a name. `kind` is the kind of the hit: a territory's actor is an organisation."""

    written: tuple[str, ...]
    key: str
    kind: str
    how: str
    ambiguous: bool


class Pattern(NamedTuple):
    """A kind of body that every state may have: "army", "health ministry"."""

    role: str
    kind: str
    name: str  # with {state}


@dataclass(slots=True)
class Tables:
    """Everything that the tables say about actors."""

    actors: dict[str, Actor]
    kinds: dict[str, str]  # key → kind of hit
    articles: dict[str, str]  # key of a state or territory → "the" or ""
    forms: dict[str, list[Form]]  # folded words → forms
    patterns: dict[str, Pattern]  # folded phrase → pattern
    roles: dict[tuple[str, str], str]  # (state key, role) → key of the listed body
    famous: set[str]  # keys of people whose surname alone is enough
    groups: dict[str, str]  # key of a person or outlet → key of the armed group led by one, spoken for by the other
    not_names: set[str]  # folded words

    def body(self, owner: str, pattern: Pattern) -> str:
        """The key of an owner's body: the listed one of that role, else one made of both."""
        return self.roles.get((owner, pattern.role)) or f"{pattern.kind}:{owner.partition(':')[2]}-{pattern.role}"


def folded(written: Iterable[Word]) -> str:
    """Words as the key of the dictionaries of forms."""
    return " ".join(word.folded for word in written)


def load_actors(folder: Path) -> Tables:
    """The tables of `folder`. Raises LexiconError."""
    tables = Tables({}, {}, {}, {}, {}, {}, set(), {}, set())
    for row in read_table(folder / "states.tsv", STATES, ("key",)):
        add_actor(tables, row, "state", None)
        tables.articles[row["key"]] = row["article"]
    for row in read_table(folder / "territories.tsv", TERRITORIES, ("key",)):
        add_actor(tables, row, "territory", row["state"])
        tables.articles[row["key"]] = row["article"]
    for row in read_table(folder / "people.tsv", PEOPLE, ("key",)):
        add_actor(tables, row, "person", row["state"])
        for surname in row.many("surnames"):
            _form(tables, surname, row["key"], "person", "surname")
        if row["famous"]:
            tables.famous.add(row["key"])
        if row["group"]:
            tables.groups[row["key"]] = row["group"]
    for name, columns in (("outlets.tsv", OUTLETS), ("bodies.tsv", BODIES)):
        for row in read_table(folder / name, columns, ("key",)):
            add_actor(tables, row, row["key"].split(":")[0], row["state"])
            for group in row.many("group") if "group" in row else ():
                tables.groups[row["key"]] = group
            for role in row.many("roles"):
                tables.roles[row["state"], role] = row["key"]
    for row in read_table(folder / "armed_groups.tsv", ARMED_GROUPS, ("key",)):
        states = row.many("states")
        add_actor(tables, row, "armed-group", states[0] if len(states) == 1 else None)
    for row in read_table(folder / "body_patterns.tsv", BODY_PATTERNS, ("role",)):
        for phrase in row.many("phrases"):
            tables.patterns[folded(words(phrase))] = Pattern(row["role"], row["kind"], row["name"])
    for row in read_table(folder / "not_names.tsv", NOT_NAMES, ("words",)):
        tables.not_names.add(folded(words(row["words"])))
    return tables


def spellings(row: Row) -> Iterator[tuple[str, str, bool]]:
    """Every spelling in a row with how it names and whether it is ambiguous."""
    name = row["name"]
    base = _QUALIFIER.sub("", name)
    ambiguous = "ambiguous" in row and bool(row["ambiguous"])
    yield base, "name", ambiguous or base != name
    if base == name and base.startswith("The "):
        rest = base.removeprefix("The ")
        yield rest, "name", ambiguous or " " not in rest
    for column, how in (("aliases", "alias"), ("demonyms", "demonym"), ("metonyms", "metonym")):
        if column in row:
            for alias in row.many(column):
                yield alias.removesuffix("?"), how, alias.endswith("?")


def add_actor(tables: Tables, row: Row, hit_kind: str, state: str | None) -> None:
    """Put the actor of a row and its spellings into the tables."""
    key = row["key"]
    tables.actors[key] = Actor(
        key=key,
        kind=key.split(":")[0],
        name=row["name"],
        aliases=tuple(alias.removesuffix("?") for alias in row.many("aliases")),
        wikidata=row["wikidata"] or None,
        state=state or None,
    )
    tables.kinds[key] = hit_kind
    for written, how, ambiguous in spellings(row):
        _form(tables, written, key, hit_kind, how, ambiguous)


def _form(tables: Tables, written: str, key: str, kind: str, how: str, ambiguous: bool = False) -> None:
    parts = words(written)
    form = Form(tuple(part.text for part in parts), key, kind, how, ambiguous)
    tables.forms.setdefault(folded(parts), []).append(form)
