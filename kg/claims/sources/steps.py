"""One rung of an attribution chain, and the links that a chain of rungs becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.claims.sources.source import Source
from kg.mentions import Reading
from kg.model import Article, Evidence, Link, TimeRef


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a chain: sources that speak side by side, with their cue."""

    sources: tuple[Source, ...]
    cue: Evidence | None
    mode: str
    said_on: TimeRef | None = None
    venue: Evidence | None = None
    basis: str = "stated"
    lemma: str = ""


def passed_on(steps: list[Step], document: bool = False) -> list[Step]:
    """The rungs of an earlier statement for one that goes on, inferred.

    Who passed on a further `document` is a guess more: they themselves are inferred then.
    """
    if document:
        steps = [
            replace(s, sources=tuple(replace(k, ref=replace(k.ref, basis="inferred")) for k in s.sources))
            for s in steps
        ]
    return [replace(step, basis="inferred") for step in steps]


def is_taken_up(step: Step, earlier: list[Step]) -> bool:
    """Whether "it" or "the document" takes up a paper that came through somebody: "a study published by the daily"."""
    papers = [s for s in step.sources if s.document and s.ref.antecedent is not None]
    return len(papers) == len(step.sources) and len(earlier) > 1 and all(s.document for s in earlier[-1].sources)


def without_repeats(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """An agent that is both relay and origin is the origin only; orders are closed up."""
    origins = {link.agent.actor.key for link in links if link.role == "origin"}
    kept = [link for link in links if link.role != "relay" or link.agent.actor.key not in origins]
    orders = sorted({link.order for link in kept})
    first = 0 if any(link.role == "publisher" for link in kept) else 1
    renumber = {old: new for new, old in enumerate(orders, start=first)}
    return tuple(k if renumber[k.order] == k.order else replace(k, order=renumber[k.order]) for k in kept)


def page_link(reading: Reading) -> Link | None:
    """The page's own link: the outlet, or the author where the outlet is not stated."""
    return reading.once("page link", lambda: _page_link(reading.document.article))


def _page_link(article: Article) -> Link | None:
    from kg.claims.sources.page import page_actor

    ref = page_actor(article)
    if ref is None:
        return None
    return Link(agent=ref, role="publisher", order=0, evidence=ref.evidence, mode="document")
