"""A name of a place → the place: its record where the article's countries settle which, else one of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.claims.where.grain import of_noun, of_record
from kg.claims.where.names import Name
from kg.errors import LexiconError
from kg.gazetteer import NameHit, PlaceRecord, gazetteer
from kg.mentions import Reading
from kg.model import Place
from kg.nlp import Sentence

_LARGE = 100_000  # who live in a town that is named without its country
_OWNED = ("armed-force", "government-body", "armed-group")  # whose state an article is then about


@dataclass(slots=True)
class Resolver:
    """The places of one article; `countries` are the states that it names, by how often."""

    reading: Reading
    countries: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        towns: Counter[str] = Counter()
        for hit in self.reading.names:
            if hit.kind in ("state", "territory"):
                for key in hit.keys[:1]:
                    self.countries[_land(key)] += 1
            elif hit.kind in _OWNED and not hit.ambiguous:
                owner = gazetteer().actor_of(hit).state
                self.countries.update([owner] if owner else [])
            elif hit.kind == "place" and not hit.ambiguous:
                records = [gazetteer().place(key) for key in hit.keys]
                if len({r.country for r in records}) == 1:
                    near = self.countries if any(_is_known_afar(r) for r in records) else towns
                    near[str(records[0].country)] += 1
        told = set(self.countries)  # a small town far from all that is named is another one of its name
        self.countries.update({land: n for land, n in towns.items() if not told or land in told})

    def place(self, sentence: Sentence, name: Name, first: int, last: int, grain: str | None) -> tuple[Place, str]:
        """The place that the words from token `first` to `last` name around `name`, and its grain."""
        record = self.record(name.hit) if name.hit is not None else None
        if name.hit is not None and record is not None and record.kind == "region" and _of_district(name.hit):
            return self.local(sentence, first, last, record.country), "district"
        widened = last > name.last
        if record is None or widened or (first < name.first and record.kind == "country"):
            inside = name.hit or name.inside
            around = self.record(inside) if inside is not None else None
            land = around.country if around is not None and self._is_told(around) else None
            fallback = "province" if record is not None and not widened else "settlement"
            return self.local(sentence, first, last, land), grain or fallback
        end = min(name.hit.end, sentence.tokens[last].end) if name.hit is not None else sentence.tokens[last].end
        place = Place(
            key=record.key,
            name=record.name,
            evidence=self.reading.document.evidence(sentence.tokens[first].start, end),
            country=record.country,
            wikidata=record.wikidata,
            geonames=record.geonames,
        )
        return place, of_record(record.kind)

    def _is_told(self, record: PlaceRecord) -> bool:
        """Whether the article is about the country of a place that only begins like a known one."""
        return self.countries[str(record.country)] > 1 or len(self.countries) == 1

    def record(self, hit: NameHit) -> PlaceRecord | None:
        """The record that a known name means in this article; None where nothing settles which."""
        found = list(gazetteer().places(hit.words, near=set(self.countries)))
        if hit.kind == "place":
            found = [gazetteer().place(key) for key in hit.keys]
        elif hit.how == "metonym":
            found = [r for r in found if r.kind in ("city", "town")] or found
        if not found:
            return None
        named = {r.country: self.countries[str(r.country)] for r in found if self.countries[str(r.country)]}
        if named:
            best = max(named, key=lambda land: (named[land], str(land)))
            return next(r for r in found if r.country == best)
        if len({r.country for r in found}) > 1 or (self.countries and not _is_known_afar(found[0])):
            return None
        return found[0]

    def local(self, sentence: Sentence, first: int, last: int, country: str | None = None) -> Place:
        """A place under the text's own words."""
        evidence = self.reading.evidence(sentence, first, last)
        words = " ".join(evidence.words.split())
        return Place(key=_key(words), name=words, evidence=evidence, country=country)

    def listed(self, sentence: Sentence, first: int, last: int, members: Sequence[Place]) -> Place:
        """Several places as one, in the words that list them; its country is the one that all share."""
        lands = {m.country for m in members}
        return self.local(sentence, first, last, next(iter(lands)) if len(lands) == 1 else None)


def _of_district(hit: NameHit) -> bool:
    """ "Kunduz district": not the province of that name."""
    return " " in hit.words and of_noun(hit.words.split()[-1]) == "district"


def _is_known_afar(record: PlaceRecord) -> bool:
    """Whether a text on other countries may mean a place without saying where it is."""
    return record.kind not in ("city", "town") or (record.population or 0) >= _LARGE


def is_known(place: Place) -> bool:
    """Whether the reference tables have the place."""
    try:
        return gazetteer().place(place.key).key == place.key
    except LexiconError:
        return False


def _land(key: str) -> str:
    return key if key.startswith("state:") else str(gazetteer().actor(key).state or key)


def _key(words: str) -> str:
    return "place:" + "-".join(re.findall(r"[^\W_]+", words.lower()))
