"""A claim of the graph as a page for people: the sentence, who says so, the fields, the relations."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Store
from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from kg.cli.terminal import plain
from kg.errors import QueryError
from kg.vocab import NS, T

WIDTH = 96
FIELDS = (
    *(T.casualtyKind, T.deploymentStatus, T.stance, T.topic, T.low, T.high, T.best, T.vagueAmount, T.approximator),
    *(T.hedge, T.quality, T.increment, T.percent, T.whole, T.factor, T.subject, T.part, T.population, T.fate),
    *(
        T.belligerent,
        T.cause,
        T.sender,
        T.destination,
        T.wave,
        T.purpose,
        T.party,
        T.proposition,
        T.asOf,
        T.place,
        T.placePrecision,
    ),
    *(T.modality, T.accumulation, T.negated, T.assumption, T.rule),
)
POPULATION = (T.allegiance, T.populationRole, T.restriction)


class Facts:
    """A graph that is asked for the values of one property of one node at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def values(self, subject: NamedNode, term: URIRef) -> list[NamedNode | Literal]:
        """The distinct values of a property, sorted."""
        found = self._store.quads_for_pattern(subject, NamedNode(str(term)), None, None)
        terms = {quad.object for quad in found if isinstance(quad.object, NamedNode | Literal)}
        return sorted(terms, key=lambda value: (value.value, str(value)))

    def nodes(self, subject: NamedNode, term: URIRef) -> list[NamedNode]:
        """The values that are nodes."""
        return [value for value in self.values(subject, term) if isinstance(value, NamedNode)]

    def node(self, subject: NamedNode, term: URIRef) -> NamedNode | None:
        """The first value that is a node, or None."""
        return next(iter(self.nodes(subject, term)), None)

    def literal(self, subject: NamedNode, term: URIRef) -> str | None:
        """The first value that is a literal, or None."""
        return next((value.value for value in self.values(subject, term) if isinstance(value, Literal)), None)

    def subjects(self, term: URIRef, value: NamedNode) -> list[NamedNode]:
        """The nodes that have this value, sorted."""
        found = self._store.quads_for_pattern(None, NamedNode(str(term)), value, None)
        return sorted({q.subject for q in found if isinstance(q.subject, NamedNode)}, key=lambda node: node.value)

    def name(self, value: NamedNode | Literal) -> str:
        """A value in words: quoted where it stands in the text, else its label or its local name."""
        if isinstance(value, Literal):
            return {"true": "yes", "false": "no"}.get(value.value, value.value)
        if words := self.literal(value, T.words):
            return f"“{words}”"
        if edtf := self.literal(value, T.edtf):
            evidence = self.node(value, T.evidence)
            return f"{edtf} ({self.name(evidence)})" if evidence else edtf
        for term in (RDFS.label, SKOS.prefLabel, T.groupWords):
            if label := self.literal(value, term):
                return label
        return value.value.removeprefix(NS[""])


def page(facts: Facts, name: str) -> str:
    """The page of the claim with this local name; raises QueryError where the graph has no such claim."""
    claim = NamedNode(NS[name])
    article = facts.node(claim, T.article)
    if article is None:
        raise QueryError(f"{name!r} is no claim of this build; 'kg claims' lists them")
    parts = [
        [f"{name}: {facts.literal(claim, RDFS.label) or ''}"],
        _article(facts, article),
        _sentence(facts, claim),
        _section("Who says so, from the page to the origin", _chain(facts, claim, article)),
        _section("What is claimed", _fields(facts, claim)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _article(facts: Facts, article: NamedNode) -> list[str]:
    title = facts.literal(article, DCTERMS.title) or "title not stated"
    published = facts.literal(article, T.published) or "day not stated"
    publisher = facts.node(article, T.publisher)
    outlet = facts.name(publisher) if publisher else "outlet not stated"
    lines = _wrapped(f"{title} ({facts.literal(article, T.fileName)}; {outlet}; {published})", "")
    for first in facts.nodes(article, T.copyOf):
        lines += _wrapped(f"a copy of the text of {facts.literal(first, T.fileName)}, and one path with it", "")
    return lines


def text_hash(facts: Facts, name: str) -> str | None:
    """The hash of the article of the claim with this local name; None for a claim that was computed."""
    article = facts.node(NamedNode(NS[name]), T.article)
    return facts.literal(article, T.sha256) if article else None


def _sentence(facts: Facts, claim: NamedNode) -> list[str]:
    whole = facts.node(claim, T.sentence) or facts.node(claim, T.evidence)
    marked = facts.node(claim, T.amountEvidence) or facts.node(claim, T.evidence)
    if whole is None or marked is None:
        return []
    words, (start, end), (low, high) = facts.literal(whole, T.words) or "", _span(facts, whole), _span(facts, marked)
    if start <= low and high <= end:
        words = f"{words[: low - start]}[[{words[low - start : high - start]}]]{words[high - start :]}"
    return [*_wrapped(words, "  ", hang=0), f"  characters {low} to {high} of the file"]


def _span(facts: Facts, evidence: NamedNode) -> tuple[int, int]:
    return int(facts.literal(evidence, T.start) or 0), int(facts.literal(evidence, T.end) or 0)


def _chain(facts: Facts, claim: NamedNode, article: NamedNode) -> list[str]:
    """One step of the chain after another; those who share a step stand under one another, joined by "and"."""
    links = sorted(facts.nodes(claim, T.attribution), key=lambda link: _place(facts, link))
    lines = [(_order(facts, link), _link(facts, link)) for link in links]
    if not links or _order(facts, links[0]) > 0:
        author = facts.node(article, T.author)
        lines.insert(0, (0, f"the page{f', by {facts.name(author)}' if author else ''} (its outlet is not stated)"))
    if not facts.nodes(claim, T.origin):
        lines.append((lines[-1][0] + 1, "origin not stated: the article says so in its own voice"))
    shown = _wrapped(lines[0][1], "  ")
    for (before, _), (order, text) in pairwise(lines):
        shown += _wrapped(f"and {text}", "    ") if order == before else _wrapped(f"← {text}", "  ")
    return shown


def _place(facts: Facts, link: NamedNode) -> tuple[int, int, str]:
    """Its step, and within the step its place in the text."""
    evidence = facts.node(link, T.evidence)
    return _order(facts, link), _span(facts, evidence)[0] if evidence else 0, link.value


def _order(facts: Facts, link: NamedNode) -> int:
    return int(facts.literal(link, T.order) or 0)


def _link(facts: Facts, link: NamedNode) -> str:
    def named(term: URIRef) -> str:
        value = facts.node(link, term)
        return facts.name(value) if value else ""

    agent, evidence, cue = named(T.agent), named(T.evidence), named(T.cue)
    notes = [named(T.role)]
    if evidence and evidence.strip("“”") != agent:
        notes.append(evidence)
    for words, value in (("cue", cue), ("at", named(T.venue)), ("on", named(T.saidOn))):
        if value:
            notes.append(f"{words} {value}")
    basis = facts.node(link, T.basis)
    if basis and basis.value.endswith("inferred"):
        notes.append("inferred")
    return f"{agent} ({', '.join(filter(None, notes))})"


def _fields(facts: Facts, claim: NamedNode) -> list[str]:
    found = [(term, facts.values(claim, term)) for term in (*FIELDS, T.notStated)]
    at = FIELDS.index(T.population) + 1
    for population in facts.nodes(claim, T.population):
        found[at:at] = [(term, facts.values(population, term)) for term in POPULATION]
    rows = [(facts.name(NamedNode(str(term))), values) for term, values in found if values]
    width = max((len(label) for label, _ in rows), default=0)
    lines: list[str] = []
    for label, values in rows:
        words = ", ".join(facts.name(value) for value in values)
        lines += _wrapped(f"{label:<{width}}  {words}", "  ", hang=width + 2)
    return lines


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *lines] if lines else []


def _wrapped(text: str, indent: str, hang: int = 2) -> list[str]:
    return textwrap.wrap(
        plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent + " " * hang, break_long_words=False
    )
