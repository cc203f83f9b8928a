"""Figures, relations and derived claims → N-Quads, in graphs of their own beside the articles'.

What was found within one article stands in one graph, what was found across articles in one graph per group that
was compared, so that an article's relations can be made anew without touching the rest. What follows from
the relations by the ontology's axioms is stated with them (`kg.graph.entailed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import PROV, RDFS

from kg.graph.entailed import entailed
from kg.iri import actor_iri, relation_iri, relations_iri
from kg.nquads import graph_nquads
from kg.relation_model import Derived, Figure, Relation, Relations
from kg.terms import TYPE, Term, Triple, boolean, decimal, english, integer, iri, node, string
from kg.vocab import T, code, codes, shortcuts


@dataclass(frozen=True, slots=True)
class Scope:
    """What one graph of relations holds: that of an article, or of a group compared."""

    name: str
    figures: tuple[Figure, ...]
    derived: tuple[Derived, ...]
    relations: tuple[Relation, ...]


def relation_nquads(found: Relations) -> bytes:
    """Everything that was found: graph by graph, each with sorted, distinct lines."""
    return b"".join(scope_nquads(scope) for scope in by_scope(found))


def scope_nquads(scope: Scope) -> bytes:
    """One graph of relations: sorted, distinct lines."""
    return graph_nquads(entailed(_triples(scope)), node(relations_iri(scope.name)))


def scopes(found: Relations) -> frozenset[str]:
    """What the graphs of the relations are named by (see `kg.iri.relations_iri`): articles, and groups compared."""
    return frozenset(scope.name for scope in by_scope(found))


def by_scope(found: Relations) -> list[Scope]:
    """What was found, by the graph that it stands in; sorted by name."""
    parts: dict[str, tuple[list[Figure], list[Derived], list[Relation]]] = {}
    for figure in found.figures:
        parts.setdefault(scope_of(figure), ([], [], []))[0].append(figure)
    for derived in found.derived:
        parts.setdefault(derived.scope, ([], [], []))[1].append(derived)
    for relation in found.relations:
        parts.setdefault(relation.scope, ([], [], []))[2].append(relation)
    return [Scope(name, tuple(f), tuple(d), tuple(r)) for name, (f, d, r) in sorted(parts.items())]


def _triples(scope: Scope) -> Iterator[Triple]:
    for figure in scope.figures:
        yield from _figure(figure)
    for derived in scope.derived:
        yield from _derived(derived)
    for relation in scope.relations:
        yield from _relation(relation)


def scope_of(figure: Figure) -> str:
    """What the graph is named by in which a figure stands: its article, or those counted."""
    articles = sorted(figure.articles)
    return articles[0] if len(articles) == 1 else f"figures {figure.lead.allegiance or figure.lead.place or ''}"


def _figure(figure: Figure) -> Iterator[Triple]:
    me, lead = node(figure.name), figure.lead
    dated = next((entry for entry in (lead, *figure.entries) if entry.time), None)
    yield (me, TYPE, iri(T.Figure))
    yield (me, iri(RDFS.label), english(lead.says))
    yield (me, iri(T.lead), node(lead.name))
    for entry in figure.entries:
        yield (me, iri(T.claim), node(entry.name))
    for voice in figure.voices:
        yield (me, iri(T.statedBy), node(actor_iri(voice.key)))
    if figure.voices:
        inferred = any(voice.basis == "inferred" for voice in figure.voices)
        yield (me, iri(T.basis), iri(code("basis", "inferred" if inferred else "stated")))
    if figure.running != "no":
        yield (me, iri(T.runningTotal), iri(code("basis", figure.running)))
    yield from _kinds(me, lead.kinds)
    yield from _numbers(me, lead.low, lead.high, lead.best, lead.approximate)
    for slot, value in ((T.measure, lead.measure), (T.vagueAmount, lead.vague)):
        if value is not None:
            yield (me, iri(slot), string(value))
    if lead.population is not None:
        yield (me, iri(T.population), node(lead.population))
    if dated is not None and dated.time is not None:
        yield (me, iri(T.asOf), node(dated.time))


def _relation(relation: Relation) -> Iterator[Triple]:
    me = node(relation_iri(relation.type, relation.rule, relation.source, list(relation.targets)))
    yield (me, TYPE, iri(T.ClaimRelation))
    yield (me, iri(T.relationType), iri(code("relation-type", relation.type)))
    yield from _ruled(me, relation.rule)
    yield (me, iri(T["from"]), node(relation.source))
    direct = shortcuts()[str(code("relation-type", relation.type))]
    for target in relation.targets:
        yield (me, iri(T.to), node(target))
        yield (node(relation.source), iri(direct), node(target))
    yield (me, iri(T.explanation), string(relation.explanation))
    yield (me, iri(T.basis), iri(code("basis", relation.basis)))
    values: Mapping[URIRef, Term | None] = {
        T.difference: None if relation.difference is None else integer(relation.difference),
        T.ratio: None if relation.ratio is None else decimal(relation.ratio),
        T.supported: None if relation.supported is None else boolean(relation.supported),
        T.independence: iri(code("independence", relation.independence)) if relation.independence else None,
        T.nearerInTime: node(relation.nearer) if relation.nearer else None,
        T.reason: string(relation.reason) if relation.reason else None,
    }
    for slot, value in values.items():
        if value is not None:
            yield (me, iri(slot), value)


def _derived(derived: Derived) -> Iterator[Triple]:
    me = node(derived.name)
    for kind in (T.DerivedClaim, T.Claim):
        yield (me, TYPE, iri(kind))
    yield (me, iri(RDFS.label), english(derived.label))
    yield from _ruled(me, derived.rule)
    yield (me, iri(T.assumption), string(derived.assumption))
    for premise in derived.premises:
        yield (me, iri(PROV.wasDerivedFrom), node(premise))
    yield from _kinds(me, derived.kinds)
    yield from _numbers(me, derived.low, derived.high, derived.best, derived.approximate)
    if derived.time is not None:
        yield (me, iri(T.asOf), node(derived.time))
    if derived.population is not None:
        yield (me, iri(T.population), node(derived.population))


def _ruled(me: Term, rule: str) -> Iterator[Triple]:
    yield (me, iri(T.rule), string(rule))
    yield (me, iri(T.relationRule), iri(code("relation-rule", rule)))


def _kinds(me: Term, kinds: tuple[str, ...]) -> Iterator[Triple]:
    for kind in kinds:
        if kind in codes("casualty-kind"):
            yield (me, iri(T.casualtyKind), iri(code("casualty-kind", kind)))


def _numbers(me: Term, low: int | None, high: int | None, best: int | None, about: bool) -> Iterator[Triple]:
    for slot, value in ((T.low, low), (T.high, high), (T.best, best)):
        if value is not None:
            yield (me, iri(slot), integer(value))
    if about:
        yield (me, iri(T.approximate), boolean(about))
