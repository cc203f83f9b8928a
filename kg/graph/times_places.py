"""Time references and places → triples."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.namespace import RDFS, SKOS

from kg.graph.actors import belongs, identified
from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.iri import place_iri, time_iri
from kg.model import Place, TimeRef
from kg.terms import TYPE, Term, Triple, absolute, day, english, iri, node, string
from kg.vocab import PREFIXES, T, code


def happens(setting: Setting, subject: Term, slot: URIRef, time: TimeRef | None) -> Iterator[Triple]:
    """`subject slot time`, and the time itself unless it is described; nothing where there is none."""
    if time is None:
        return
    me = node(time_iri(setting.article.id, time))
    yield (subject, iri(slot), me)
    if not setting.first(time):
        return
    yield (me, TYPE, iri(T.TimeReference))
    yield (me, iri(T.edtf), string(time.edtf))
    yield (me, iri(T.basis), iri(code("basis", time.basis)))
    for bound, value in ((T.earliest, time.earliest), (T.latest, time.latest), (T.anchor, time.anchor)):
        if value is not None:
            yield (me, iri(bound), day(value))
    yield from points(setting, me, T.evidence, time.evidence)


def located(setting: Setting, subject: Term, slot: URIRef, place: Place | None) -> Iterator[Triple]:
    """`subject slot place`, and the place itself unless it is described; nothing where there is none."""
    if place is None:
        return
    me = node(place_iri(place.key))
    yield (subject, iri(slot), me)
    if not setting.first((place.key, place.name, place.wikidata, place.geonames, place.country)):
        return
    yield (me, TYPE, iri(T.Place))
    yield (me, iri(RDFS.label), english(place.name))
    yield from identified(me, place.wikidata)
    if place.geonames:
        yield (me, iri(SKOS.exactMatch), absolute(f"{PREFIXES['gn']}{place.geonames}/"))
    if place.country is not None:
        yield from belongs(setting, me, T.country, place.country)
