"""Actors → triples: names, kind, state, and the identifier in Wikidata where it is known."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.namespace import RDFS, SKOS

from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.iri import actor_iri, article_iri
from kg.model import Actor, ActorRef
from kg.terms import TYPE, Term, Triple, absolute, english, iri, node
from kg.vocab import PREFIXES, T

# A kind's own class and the classes above it, so that a query for any actor needs no inference.
CLASSES: dict[str, tuple[URIRef, ...]] = {
    "state": (T.State, T.Actor),
    "person": (T.Person, T.Actor),
    "organisation": (T.Organisation, T.Actor),
    "media-outlet": (T.MediaOutlet, T.Organisation, T.Actor),
    "government-body": (T.GovernmentBody, T.Organisation, T.Actor),
    "armed-force": (T.ArmedForce, T.Organisation, T.Actor),
    "armed-group": (T.ArmedGroup, T.Organisation, T.Actor),
    "undisclosed-source": (T.UndisclosedSource, T.Actor),
}


def actor_node(actor: Actor) -> Term:
    """The node of an actor."""
    return node(actor_iri(actor.key))


def refers(setting: Setting, subject: Term, slot: URIRef, ref: ActorRef | None) -> Iterator[Triple]:
    """`subject slot actor`, and the actor itself unless it is described; nothing where there is none."""
    if ref is not None:
        yield (subject, iri(slot), actor_node(ref.actor))
        yield from actor_triples(setting, ref.actor)


def resolved(setting: Setting, subject: Term, slot: URIRef, words: URIRef, ref: ActorRef | None) -> Iterator[Triple]:
    """`subject slot actor`, and `subject words evidence` for the words that led to it; nothing where there is none."""
    yield from refers(setting, subject, slot, ref)
    yield from points(setting, subject, words, ref.evidence if ref else None)


def actor_triples(setting: Setting, actor: Actor) -> Iterator[Triple]:
    """What is known about an actor, and about the state that it belongs to; nothing where it is described already.

    A state belongs to itself, so that one pattern finds what a state and its bodies claim.
    """
    if not setting.first(actor):
        return
    me = actor_node(actor)
    for kind in CLASSES[actor.kind]:
        yield (me, TYPE, iri(kind))
    yield (me, iri(RDFS.label), english(actor.name))
    for alias in actor.aliases:
        if alias != actor.name:
            yield (me, iri(SKOS.altLabel), english(alias))
    yield from identified(me, actor.wikidata)
    if actor.scope is not None:
        yield (me, iri(T.scope), node(article_iri(actor.scope)))
    if actor.kind == "state":
        yield (me, iri(T.ofState), me)
    elif actor.state is not None:
        yield from belongs(setting, me, T.ofState, actor.state)


def belongs(setting: Setting, subject: Term, slot: URIRef, key: str) -> Iterator[Triple]:
    """`subject slot state` for a state's key, and the state itself where the reference data has it."""
    state = setting.lookup(key)
    if state is not None and state.kind == "state":
        yield (subject, iri(slot), actor_node(state))
        yield from actor_triples(setting, state)


def identified(subject: Term, wikidata: str | None) -> Iterator[Triple]:
    """`subject skos:exactMatch` the Wikidata entity, where its id is known."""
    if wikidata:
        yield (subject, iri(SKOS.exactMatch), absolute(PREFIXES["wd"] + wikidata))
