"""Attribution chains → triples: one node per link, and a shortcut property per role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.actors import actor_node, refers
from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.graph.times_places import happens
from kg.graph.unstated import not_stated
from kg.iri import link_iri
from kg.model import Link
from kg.terms import TYPE, Triple, integer, iri, node
from kg.vocab import T, code

SHORTCUTS = {"origin": T.origin, "relay": T.relayedBy, "publisher": T.publishedBy}


def attributed(setting: Setting, owner: str, chain: Sequence[Link]) -> Iterator[Triple]:
    """The chain of the claim or quotation with the local name `owner`.

    Where no link is an origin, the owner says `kg:notStated kg:origin`.
    """
    subject = node(owner)
    for link in chain:
        yield (subject, iri(SHORTCUTS[link.role]), actor_node(link.agent.actor))
        yield from _link_triples(setting, owner, link)
    yield from not_stated(subject, {T.origin: tuple(link for link in chain if link.role == "origin")})


def _link_triples(setting: Setting, owner: str, link: Link) -> Iterator[Triple]:
    me = node(link_iri(owner, link))
    yield (node(owner), iri(T.attribution), me)
    yield (me, TYPE, iri(T.AttributionLink))
    yield from refers(setting, me, T.agent, link.agent)
    yield (me, iri(T.order), integer(link.order))
    # A link rests on inference as soon as its step or the name of its agent does.
    basis = "inferred" if "inferred" in (link.basis, link.agent.basis) else "stated"
    for slot, scheme, notation in (
        (T.role, "attribution-role", link.role),
        (T.mode, "attribution-mode", link.mode),
        (T.disclosure, "disclosure", link.disclosure),
        (T.basis, "basis", basis),
    ):
        yield (me, iri(slot), iri(code(scheme, notation)))
    yield from points(setting, me, T.evidence, link.evidence)
    yield from points(setting, me, T.cue, link.cue)
    yield from points(setting, me, T.venue, link.venue)
    yield from happens(setting, me, T.saidOn, link.said_on)
