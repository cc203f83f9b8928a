"""What a count lends to the count that leans on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.draft import Draft
from kg.claims.sources.steps import Step
from kg.model import (
    CasualtyClaim,
    TimeRef,
)
from kg.nlp import Sentence


def said_on_of(steps: Sequence[Step]) -> TimeRef | None:
    return next((s.said_on for s in reversed(steps) if s.said_on is not None), None)


def is_elliptic(sentence: Sentence, a: Draft, b: Draft) -> bool:
    """ "about 1,000 … were killed and 3,000 wounded": the second count leans on the first."""
    if a.amount is None or b.amount is None or a.last >= b.first:
        return False
    gap = sentence.tokens[a.last + 1 : b.first]
    if (
        not gap
        or len(gap) > 3
        or not any(t.lower in ("and", ",", "&") for t in gap)
        or any(t.lower not in ("and", ",", "&") for t in gap)
    ):
        return False
    return (
        b.amount.approximator is None
        and b.amount.low is not None
        and b.trigger.first == b.last
        and b.last - b.first <= 2
    )


def with_approximator(claim: CasualtyClaim, before: CasualtyClaim) -> CasualtyClaim:
    if claim.amount is None or before.amount is None or not before.amount.approximate:
        return claim
    amount = replace(claim.amount, approximator=before.amount.approximator, approximate=True)
    population = claim.population
    if population.words is None:
        population = replace(before.population, restriction=population.restriction)
    return replace(claim, amount=amount, population=population)


def adding_alike(claim: CasualtyClaim, before: CasualtyClaim) -> CasualtyClaim:
    """ "Since March, 40 were killed and 90 wounded": both are running totals, unless the second says otherwise."""
    return replace(claim, accumulation=before.accumulation) if claim.accumulation == "unknown" else claim


def held_as(sentence: Sentence, draft: Draft) -> str:
    """When a count holds: with its "event", as a "toll" of some day, or "standing": a toll in the present tense."""
    if draft.trigger.frame != "toll":
        return "event"
    after = sentence.tokens[draft.last + 1 : draft.last + 4]
    verb = sentence.tokens[sentence.tokens[draft.trigger.last].head]
    return "standing" if any(t.tag in ("VBZ", "VBP") for t in (verb, *after)) else "toll"


def counted_at(sentence: Sentence, draft: Draft) -> int:
    """The token at which the number stands: its own place follows it, not the casualty word."""
    inside = sentence.between(draft.amount.evidence.start, draft.amount.evidence.end) if draft.amount else []
    return inside[0].i if inside else draft.first
