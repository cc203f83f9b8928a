"""The country that "the country" means."""

from __future__ import annotations

from kg.claims.where.names import is_place
from kg.claims.where.resolve import Resolver
from kg.claims.where.sites import Site
from kg.gazetteer import NameHit
from kg.mentions import Reading
from kg.model import Evidence, Place
from kg.nlp import Sentence


def nation_of(resolver: Resolver, sentence: Sentence, country: str | None) -> Site | None:
    """The country that "the country" means: the main event's, else the last that was named."""
    reading = resolver.reading
    lands = [h for h in reading.names if _is_land(reading, h)]
    meant = [h for h in lands if country is None or h.keys[0] == country]
    often = resolver.countries.most_common(1)
    if country is None and often:
        meant = [h for h in meant if h.keys[0] == often[0][0]] or meant
    before = [h for h in meant if h.end <= sentence.start]
    hit = before[-1] if before else meant[0] if meant and country is not None else None
    record = resolver.record(hit) if hit is not None else None
    if hit is None or record is None:
        return None
    words: Evidence = reading.document.evidence(hit.start, hit.end)
    place = Place(
        key=record.key,
        name=record.name,
        evidence=words,
        country=record.country,
        wikidata=record.wikidata,
        precision="country",
    )
    return Site(0, 0, 0, 0, "country", place, whole=True)


def _is_land(reading: Reading, hit: NameHit) -> bool:
    """Whether a known name is a country by itself: not "U.S." of "U.S. troops"."""
    if hit.kind not in ("state", "territory") or not is_place(hit) or hit.how == "metonym":
        return False
    sentence = next((s for s in reading.sentences if s.start <= hit.start < s.end), None)
    inside = sentence.between(hit.start, hit.end) if sentence is not None else []
    if sentence is None or not inside or inside[-1].i + 1 >= len(sentence.tokens):
        return True
    return sentence.tokens[inside[-1].i + 1].pos not in ("NOUN", "PROPN", "ADJ")
