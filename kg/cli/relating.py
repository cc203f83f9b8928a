"""What a claim has to do with others, in sentences: its figure, its relations, and what is computed from it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pyoxigraph import NamedNode
from rdflib import URIRef
from rdflib.namespace import PROV, RDF, RDFS

from kg.cli.explanation import WIDTH, Facts, page
from kg.cli.terminal import plain
from kg.vocab import NS, T

DERIVED_FROM = URIRef(PROV.wasDerivedFrom)
NUMBERS = (T.low, T.best, T.high)


def explained(facts: Facts, name: str) -> str:
    """The page of a claim, stated or computed, with its figure, its relations and what rests on it.

    Raises QueryError where the graph has no claim with this local name.
    """
    claim = NamedNode(NS[name])
    computed = NamedNode(str(T.DerivedClaim)) in facts.nodes(claim, URIRef(RDF.type))
    parts = [
        _computed(facts, claim) if computed else page(facts, name),
        _section("The figure that it gives", _figures(facts, claim)),
        _section("How it bears on other claims", _relations(facts, claim)),
        _section("What is computed from it", _resting(facts, claim)),
    ]
    return "\n\n".join(part for part in parts if part)


def _computed(facts: Facts, claim: NamedNode) -> str:
    lines = [f"{_id(claim)}: {plain(facts.literal(claim, RDFS.label) or '')}", "", "Computed, and stated by nobody"]
    for word, term in zip(("low", "best", "high"), NUMBERS, strict=True):
        if number := facts.literal(claim, term):
            lines.append(f"  {word:<11}{number}")
    lines += _wrapped(f"{'assumption':<11}{facts.literal(claim, T.assumption) or 'not stated'}", "  ")
    if rule := facts.literal(claim, T.rule):
        lines.append(f"  {'rule':<11}{plain(rule)}")
    lines += ["", "Its premises"]
    for premise in facts.nodes(claim, DERIVED_FROM):
        lines += _wrapped(_cited(facts, premise), "  ")
    return "\n".join(lines)


def _figures(facts: Facts, claim: NamedNode) -> Iterator[str]:
    for figure in facts.subjects(T.claim, claim):
        mentions = facts.nodes(figure, T.claim)
        by_file: dict[str, list[NamedNode]] = {}
        for mention in mentions:
            by_file.setdefault(_file(facts, mention), []).append(mention)
        voices = " and ".join(facts.name(actor) for actor in facts.nodes(figure, T.statedBy)) or "an origin not stated"
        when = facts.node(figure, T.asOf)
        as_of = f", as of {facts.literal(when, T.edtf)}" if when else ", no date stated"
        counts = f"{_many(len(mentions), 'mention')} in {_many(len(by_file), 'article')}"
        yield from _wrapped(f"{facts.literal(figure, RDFS.label)}, by {voices}{as_of}: {counts}", "  ")
        if running := facts.node(figure, T.runningTotal):
            yield f"  a running total ({plain(facts.name(running))})"
        lead = facts.node(figure, T.lead)
        for file in sorted(by_file):
            yield f"  {plain(file)}"
            for mention in by_file[file]:
                notes = [
                    note for note, holds in (("this one", mention == claim), ("the lead", mention == lead)) if holds
                ]
                yield from _wrapped(_cited(facts, mention, file=False) + "".join(f", {note}" for note in notes), "    ")
        if lead is not None and lead != claim:
            yield from _wrapped(
                f"The figure's relations to other figures are those of its lead: kg explain {_id(lead)}", "  "
            )


def _relations(facts: Facts, claim: NamedNode) -> Iterator[str]:
    """Each relation once: its sentence, then its type and the other claims, to go on from."""
    found = {node for end in ("from", "to") for node in facts.subjects(T[end], claim)}
    for relation in sorted(found, key=lambda node: (_types(facts, node), node.value)):
        yield from _wrapped(facts.literal(relation, T.explanation) or "", "  ")
        ends = [*facts.nodes(relation, T["from"]), *facts.nodes(relation, T.to)]
        others = ", ".join(_id(end) for end in ends if end != claim)
        basis = facts.node(relation, T.basis)
        inferred = ", inferred" if basis is not None and basis.value.endswith("inferred") else ""
        yield from _wrapped(f"{_types(facts, relation)}{inferred}: {others}", "    ")


def _types(facts: Facts, relation: NamedNode) -> str:
    return ", ".join(facts.name(value) for value in facts.values(relation, T.relationType))


def _resting(facts: Facts, claim: NamedNode) -> Iterator[str]:
    """The computed claims that the claim is a premise of, and those that rest on these."""
    seen: set[NamedNode] = set()
    queue = facts.subjects(DERIVED_FROM, claim)
    while queue:
        derived = queue.pop(0)
        if derived in seen or not facts.literal(derived, T.assumption):
            continue
        seen.add(derived)
        queue += facts.subjects(DERIVED_FROM, derived)
        yield from _wrapped(f"{facts.literal(derived, RDFS.label)} ({_id(derived)})", "  ")
        yield from _wrapped(f"assuming: {facts.literal(derived, T.assumption)}", "    ")


def _cited(facts: Facts, claim: NamedNode, *, file: bool = True) -> str:
    """A claim by its words and place, or by its label where it was computed."""
    evidence = facts.node(claim, T.evidence)
    if evidence is None:
        return f"{facts.literal(claim, RDFS.label) or 'a claim'}, computed, {_id(claim)}"
    place = f"{facts.literal(evidence, T.start)}–{facts.literal(evidence, T.end)}"
    where = f"{_file(facts, claim)}:{place}" if file else f"at {place}"
    return f"{facts.name(evidence)} {where}, {_id(claim)}"


def _file(facts: Facts, claim: NamedNode) -> str:
    article = facts.node(claim, T.article)
    return (facts.literal(article, T.fileName) if article else None) or "file not stated"


def _id(claim: NamedNode) -> str:
    return claim.value.removeprefix(NS[""])


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _section(title: str, lines: Iterator[str]) -> str:
    found = list(lines)
    return "\n".join([title, *found]) if found else ""


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False
    )
