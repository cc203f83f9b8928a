"""The names that we know: states, people, outlets, bodies, armed groups and places, and where a text has them.

The tables are `ontology/actors/*.tsv` and `ontology/places/places.tsv`; `docs/gazetteer.md` tells how to add to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from kg.errors import LexiconError
from kg.gazetteer.index import PlaceIndex
from kg.gazetteer.matcher import Matcher
from kg.gazetteer.own import ACTORS_FILE, OWN_FILES, PLACES_FILE, digest, give_way, lay_actors, own_files, own_places
from kg.gazetteer.records import NameHit, PlaceRecord, slug
from kg.gazetteer.tables import PLACES, Tables, folded, load_actors
from kg.gazetteer.words import GENERIC, words
from kg.lexicon import read_table
from kg.model import Actor
from kg.paths import ontology_dir

__all__ = [
    "OWN_FILES",
    "Gazetteer",
    "NameHit",
    "PlaceRecord",
    "gazetteer",
    "names_beside",
    "own_names",
    "slug",
    "using",
    "using_beside",
]


_SHORT, _KEPT = 80, 20_000  # code points of a name on its own ("The Daily News"), and how many are kept


class Gazetteer:
    """All reference names; make one with `load` or `gazetteer`."""

    def __init__(self, tables: Tables, places: PlaceIndex, own: tuple[tuple[str, str], ...] = ()) -> None:
        self.own = own  # the user's own tables in it: file name and SHA-256
        self._tables = tables
        self._places = places
        self._matcher = Matcher(tables, places)
        self._found: dict[str, tuple[NameHit, ...]] = {}
        self._owners = {key.split(":")[1]: key for key, kind in tables.kinds.items() if kind in ("state", "territory")}
        self._templates = {pattern.role: pattern for pattern in tables.patterns.values()}

    @classmethod
    def load(cls, extra: Path | None = None) -> Gazetteer:
        """Our tables, with `actors.tsv` and `places.tsv` of the folder `extra`, where they are, laid over them.

        Raises LexiconError for a table that cannot be read. Nothing is cached: see `gazetteer`.
        """
        folder = ontology_dir()
        tables = load_actors(folder / "actors")
        files = {path.name: path for path in own_files(extra)} if extra is not None else {}
        spelled = lay_actors(tables, files[ACTORS_FILE]) if ACTORS_FILE in files else frozenset()
        own = own_places(tables, files[PLACES_FILE]) if PLACES_FILE in files else []
        give_way(tables, own, spelled)
        rows = read_table(folder / "places" / "places.tsv", PLACES, ("key",))
        own_digests = tuple((name, digest(path)) for name, path in files.items())
        return cls(tables, PlaceIndex(rows, tables.actors, tables.kinds, own), own_digests)

    def find_names(self, text: str) -> list[NameHit]:
        """The names in a text, in order and without overlaps; see `NameHit` for what a hit says.

        A surname is a hit where the text also has the full name, or where the person is famous. Does not cover
        unknown names, nicknames, pronouns, and descriptions beyond the patterns ("the regime", "his army").
        """
        if len(text) > _SHORT:
            return self._matcher.find(text)
        if text not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[text] = tuple(self._matcher.find(text))
        return list(self._found[text])

    def country(self, key: str) -> str | None:
        """The key of the state that the place of a key lies in, or None where that is not known."""
        place = self._places.get(key)
        return place.country if place else None

    def actor(self, key: str) -> Actor:
        """The actor of a key from a table or a pattern ("armed-force:kenya-army"). Raises LexiconError for others."""
        known = self._tables.actors.get(key)
        if known is not None:
            return known
        kind, _, name = key.partition(":")
        for role, pattern in self._templates.items():
            owner = self._owners.get(name.removesuffix(f"-{role}"))
            if owner is not None and pattern.kind == kind and name.endswith(f"-{role}"):
                return self._generated(key, owner, role)
        raise LexiconError(f"no actor {key!r} in the tables; see docs/gazetteer.md on adding one")

    def actor_of(self, hit: NameHit) -> Actor:
        """The actor of a hit's first reading; one whom only the article explains is made from its words."""
        if hit.unlisted:
            return Actor(key=hit.keys[0], kind=hit.kind, name=hit.unlisted)
        return self.actor(hit.keys[0])

    def knows(self, key: str) -> bool:
        """Whether a key is that of an actor or a place of the tables, or of a body that a pattern makes."""
        try:
            self.place(key) if key.startswith("place:") else self.actor(key)
        except LexiconError:
            return False
        return True

    def is_generic(self, name: str) -> bool:
        """Whether words say what kind of body is meant and not whose: "the Army", "Coast Guard", "Ministry"."""
        written = [word.folded for word in words(name)]
        return all(word in GENERIC for word in written) or " ".join(written) in self._tables.patterns

    def side(self, person: str) -> Actor | None:
        """The armed group that a person leads or led, else the state that he or she is of; None for people unknown."""
        known = self._tables.actors.get(person)
        owner = self._tables.groups.get(person) or (known.state if known is not None else None)
        return self.actor(owner) if owner is not None else None

    def actors(self) -> tuple[Actor, ...]:
        """Every actor of the tables, sorted by key."""
        return tuple(self._tables.actors[key] for key in sorted(self._tables.actors))

    def kind(self, key: str) -> str:
        """The kind that hits of this actor have: its own, but "territory" for the organisation of a territory."""
        return self._tables.kinds.get(key, key.partition(":")[0])

    def body(self, owner: str, phrase: str) -> Actor | None:
        """A state's or territory's body by a phrase without a name: "army" of state:kenya; None if no pattern fits."""
        written = [word for word in words(phrase) if word.folded != "the"]
        pattern = self._tables.patterns.get(folded(written))
        if pattern is None or owner not in self._tables.actors:
            return None
        return self.actor(self._tables.body(owner, pattern))

    def places(self, name: str, near: Collection[str] = ()) -> tuple[PlaceRecord, ...]:
        """The places of that name: countries, territories, then places in the states `near`, each by population.

        `near` holds keys of states. The case of the name does not matter. Empty where no place has the name.
        """
        return self._places.find(name, near)

    def place(self, key: str) -> PlaceRecord:
        """The place of a key. Raises LexiconError where there is none."""
        record = self._places.get(key)
        if record is None:
            raise LexiconError(f"no place {key!r} in the tables; see docs/gazetteer.md on adding one")
        return record

    def _generated(self, key: str, owner: str, role: str) -> Actor:
        state = self._tables.actors[owner]
        article = self._tables.articles.get(owner, "")
        name = self._templates[role].name.format(state=f"{article} {state.name}".strip())
        belongs = owner if self._tables.kinds[owner] == "state" else state.state
        return Actor(key=key, kind=key.partition(":")[0], name=name, state=belongs)


_in_use: ContextVar[Gazetteer | None] = ContextVar("gazetteer in use", default=None)


def gazetteer() -> Gazetteer:
    """The names in use: those of the `using` around the call, else our tables alone, loaded once per process."""
    return _in_use.get() or _ours()


def own_names() -> tuple[tuple[str, str], ...]:
    """The user's own tables in use, as file names and SHA-256s; nothing is loaded for it."""
    names = _in_use.get()
    return names.own if names is not None else ()


def names_beside(folder: Path) -> Gazetteer:
    """The names for the articles of a folder: with its `actors.tsv` and `places.tsv`, else those in use already.

    Raises LexiconError for a mistake in them.
    """
    return Gazetteer.load(folder) if own_files(folder) else gazetteer()


@contextmanager
def using(names: Gazetteer) -> Iterator[None]:
    """Read with these names inside the block, in this thread alone."""
    token = _in_use.set(names)
    try:
        yield
    finally:
        _in_use.reset(token)


@contextmanager
def using_beside(folder: Path) -> Iterator[None]:
    """Read with the `names_beside` a folder inside the block; our own tables are loaded when they are first needed."""
    with using(names_beside(folder)) if own_files(folder) else nullcontext():
        yield


@cache
def _ours() -> Gazetteer:
    return Gazetteer.load()
