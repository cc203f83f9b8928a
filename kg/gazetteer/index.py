"""The index of places: from folded words to the places that they may name, built in one pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from kg.gazetteer.records import PlaceRecord
from kg.gazetteer.words import fold, word_list, words
from kg.lexicon import Row
from kg.model import Actor

REGION_WORDS = word_list("region")
_REGIONS = ("region", "district", "territory")


class PlaceForm(NamedTuple):
    """One spelling of one place."""

    written: tuple[str, ...]
    row: int
    ambiguous: bool
    how: str


class PlaceIndex:
    """All places: those of the table, the user's own over them, and states and territories as places."""

    def __init__(
        self, rows: list[Row], actors: dict[str, Actor], kinds: dict[str, str], own: Sequence[Row] = ()
    ) -> None:
        keys = {row["key"] for row in own}
        ours = [row for row in rows if row["key"] not in keys] if own else rows
        self._rows = [*ours, *own]
        self.forms: dict[str, list[PlaceForm]] = {}
        self._keys = {row["key"]: number for number, row in enumerate(self._rows)}
        self._lands: dict[str, list[PlaceRecord]] = {}
        self._land_keys: dict[str, PlaceRecord] = {}
        self._records: dict[int, PlaceRecord] = {}
        for number, row in enumerate(ours):
            self._add_row(self.forms, row, number)
        theirs: dict[str, list[PlaceForm]] = {}
        for number, row in enumerate(own, start=len(ours)):
            self._add_row(theirs, row, number)
        self.forms |= theirs
        for actor in actors.values():
            if kinds[actor.key] in ("state", "territory"):
                self._add_land(actor, kinds[actor.key])

    def find(self, name: str, near: Collection[str] = ()) -> tuple[PlaceRecord, ...]:
        """The places of that name: countries and territories, then those in the states `near`, then by population."""
        folded = " ".join(word.folded for word in words(name))
        found = [self.record(form.row) for form in self.forms.get(folded, ())]
        head, _, tail = folded.rpartition(" ")
        if not found and tail in REGION_WORDS:
            found = [r for r in (self.record(form.row) for form in self.forms.get(head, ())) if r.kind in _REGIONS]
        unique = {record.key: record for record in [*self._lands.get(folded, ()), *found]}
        return tuple(sorted(unique.values(), key=lambda record: _rank(record, near)))

    def get(self, key: str) -> PlaceRecord | None:
        """The place of a key, or None."""
        if key in self._land_keys:
            return self._land_keys[key]
        return self.record(self._keys[key]) if key in self._keys else None

    def record(self, number: int) -> PlaceRecord:
        """The place of a row."""
        known = self._records.get(number)
        if known is None:
            known = self._records[number] = self._made(number)
        return known

    def _made(self, number: int) -> PlaceRecord:
        row = self._rows[number]
        return PlaceRecord(
            key=row["key"],
            name=row["name"],
            aliases=tuple(alias.removesuffix("?") for alias in row.many("aliases")),
            country=row["country"] or None,
            kind=row["kind"],
            wikidata=row["wikidata"] or None,
            geonames=row["geonames"] or None,
            population=int(row["population"] or 0),
        )

    def ranked(self, forms: list[PlaceForm], *, regions_only: bool = False) -> tuple[str, ...]:
        """The keys of places, the most populous first."""
        rows = {form.row for form in forms}
        if regions_only:
            rows = {row for row in rows if self._rows[row]["kind"] in _REGIONS}
        order = sorted(rows, key=lambda row: (-int(self._rows[row]["population"] or 0), self._rows[row]["key"]))
        return tuple(self._rows[row]["key"] for row in order)

    def _add_row(self, forms: dict[str, list[PlaceForm]], row: Row, number: int) -> None:
        ambiguous = row["ambiguous"] == "y"
        self._add(forms, row["name"], number, ambiguous, "name")
        if row["aliases"]:
            for alias in row["aliases"].split("|"):
                bare = alias.removesuffix("?")
                self._add(forms, bare, number, ambiguous or bare != alias, "alias")

    def _add(self, forms: dict[str, list[PlaceForm]], name: str, number: int, ambiguous: bool, how: str) -> None:
        if name.isascii() and name.isalpha():
            form, folded = PlaceForm((name,), number, ambiguous, how), fold(name)
        else:
            parts = words(name)
            form = PlaceForm(tuple(part.text for part in parts), number, ambiguous, how)
            folded = " ".join(part.folded for part in parts)
        forms.setdefault(folded, []).append(form)

    def _add_land(self, actor: Actor, kind: str) -> None:
        record = PlaceRecord(
            key="place:" + actor.key.split(":")[1],
            name=actor.name,
            aliases=actor.aliases,
            country=actor.key if kind == "state" else actor.state,
            kind="country" if kind == "state" else "territory",
            wikidata=actor.wikidata,
            geonames=None,
            population=0,
        )
        self._land_keys[record.key] = record
        for name in (actor.name, *actor.aliases):
            self._lands.setdefault(" ".join(word.folded for word in words(name)), []).append(record)


def _rank(record: PlaceRecord, near: Collection[str]) -> tuple[int, int, int, str]:
    land = {"country": 0, "territory": 1}.get(record.kind, 2)
    return land, 0 if record.country in near else 1, -record.population, record.key
