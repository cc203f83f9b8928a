"""A user's own names: `actors.tsv` and `places.tsv` of a folder of theirs, checked and laid over our tables."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from kg.errors import LexiconError
from kg.gazetteer.records import slug
from kg.gazetteer.tables import ACTOR_KINDS, PLACE_KINDS, PLACES, Form, Tables, add_actor, folded
from kg.gazetteer.words import words
from kg.lexicon import Row, read_own_table

ACTORS_FILE, PLACES_FILE = "actors.tsv", "places.tsv"
OWN_FILES = (ACTORS_FILE, PLACES_FILE)
OWN_ACTORS = ("kind", "name", "ambiguous", "aliases", "demonyms", "state", "wikidata")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def own_files(folder: Path) -> tuple[Path, ...]:
    """The tables of a user's own names that lie in the folder itself."""
    return tuple(folder / name for name in OWN_FILES if (folder / name).is_file())


def digest(path: Path) -> str:
    """The SHA-256 of a table."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lay_actors(tables: Tables, path: Path) -> frozenset[str]:
    """Lay the user's actors over ours: their spellings name their actors alone. Raises LexiconError.

    A row for an actor of ours adds to it: what the row leaves empty stays as it is. Returns the folded spellings.
    """
    theirs: dict[str, list[Form]] = {}
    ours, tables.forms = tables.forms, theirs
    where: dict[str, str] = {}
    for row in read_own_table(path, OWN_ACTORS, ("kind", "name")):
        key = _key(row, row["kind"], slug(row["name"]), ACTOR_KINDS, where)
        _check_spellings(row, ("aliases", "demonyms"))
        _check_wikidata(row)
        _check_state(row, "state", tables)
        before, kind = tables.actors.get(key), tables.kinds.get(key, row["kind"])
        add_actor(tables, row.also("key", key), kind, row["state"])
        if before is not None:
            now = tables.actors[key]
            tables.actors[key] = replace(
                now,
                aliases=tuple(dict.fromkeys((*before.aliases, *now.aliases))),
                wikidata=now.wikidata or before.wikidata,
                state=now.state or before.state,
            )
    _check_owners(theirs, where)
    tables.forms = {**ours, **theirs}
    tables.not_names -= theirs.keys()
    return frozenset(theirs)


def own_places(tables: Tables, path: Path) -> list[Row]:
    """The rows of the user's places, each with its key. Raises LexiconError."""
    rows: list[Row] = []
    where: dict[str, str] = {}
    for row in read_own_table(path, PLACES, ("name", "kind")):
        land = row["country"].partition(":")[2]
        key = row["key"] or _key(row, "place", f"{slug(row['name'])}-{land}".strip("-"), (), where)
        if row["kind"] not in PLACE_KINDS or not key.startswith("place:"):
            kinds = ", ".join(PLACE_KINDS)
            raise LexiconError(f"{row.where}: a place needs a key place:… or none, and a kind among {kinds}")
        if row["key"] and where.setdefault(key, row.where) != row.where:
            raise LexiconError(f"{row.where}: {key!r} is already in {where[key]}; merge the two rows")
        _check_spellings(row, ("aliases",))
        _check_wikidata(row)
        _check_state(row, "country", tables)
        for column in ("population", "geonames"):
            if row[column] and not (row[column].isascii() and row[column].isdigit()):
                raise LexiconError(f"{row.where}: the {column} is {row[column]!r}; write digits only, or nothing")
        rows.append(row.also("key", key))
    return rows


def give_way(tables: Tables, places: list[Row], kept: frozenset[str]) -> None:
    """Take the spellings of the user's places from our actors, but not from lands and not those that are `kept`."""
    for row in places:
        for spelling in (row["name"], *row.many("aliases")):
            if row["ambiguous"] or spelling.endswith("?"):
                continue
            name = folded(words(spelling))
            tables.not_names.discard(name)
            if name in tables.forms and name not in kept:
                tables.forms[name] = [form for form in tables.forms[name] if form.kind in ("state", "territory")]


def _key(row: Row, prefix: str, rest: str, kinds: tuple[str, ...], where: dict[str, str]) -> str:
    if not slug(row["name"]) or (kinds and prefix not in kinds):
        of = f" and a kind among {', '.join(kinds)}" if kinds else ""
        raise LexiconError(f"{row.where}: a row needs a name in Latin letters{of}")
    key = f"{prefix}:{rest}"
    if key in where:
        raise LexiconError(f"{row.where}: {row['name']!r} is already in {where[key]}; merge the two rows")
    where[key] = row.where
    return key


def _check_spellings(row: Row, columns: tuple[str, ...]) -> None:
    if row["ambiguous"] not in ("", "y"):
        raise LexiconError(f"{row.where}: ambiguous is {row['ambiguous']!r}; write y, or nothing")
    for column in columns:
        for spelling in row.many(column):
            if spelling != spelling.strip() or not words(spelling):
                raise LexiconError(
                    f"{row.where}: {spelling!r} among the {column} is no name; write names with one bar between"
                )


def _check_wikidata(row: Row) -> None:
    if row["wikidata"] and not _WIKIDATA.fullmatch(row["wikidata"]):
        raise LexiconError(f"{row.where}: wikidata is {row['wikidata']!r}; write an id like Q42, or nothing")


def _check_state(row: Row, column: str, tables: Tables) -> None:
    if not row[column] or tables.kinds.get(row[column]) == "state":
        return
    meant = f"state:{slug(row[column])}"
    if tables.kinds.get(meant) != "state":
        meant = "a key like state:ukraine"
    raise LexiconError(f"{row.where}: no state {row[column]!r}; write {meant} as {column}, or nothing")


def _check_owners(forms: dict[str, list[Form]], where: dict[str, str]) -> None:
    """One spelling names one of the user's actors, unless a mark says that it is ambiguous."""
    for spelled in forms.values():
        keys = list(dict.fromkeys(form.key for form in spelled if not form.ambiguous))
        if len(keys) > 1:
            name = " ".join(spelled[0].written)
            first, second = where[keys[0]], where[keys[1]]
            raise LexiconError(f"{second}: {name!r} names the actor in {first} too; drop one, or put ? behind both")
