"""Owners that one count takes from another: a part from its whole, a count without a noun from all before it."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.mentions.lexica import words_of
from kg.model import ActorRef, CasualtyClaim, Claim, DeploymentClaim

_TWIN = 3
_NEAR = 40  # code points from a whole to the part that it includes


def shared_allegiance(claims: list[Claim], text: str) -> list[Claim]:
    """The claims, counts without a noun and an owner with what the text's other counts give them.

    "N dead, including M" and "N, of whom M" share their owner; any other bare count takes the owner that every
    group counted before it has, if it is one.
    """
    counts = [c for c in claims if isinstance(c, CasualtyClaim)]
    shared: list[Claim] = []
    before: CasualtyClaim | DeploymentClaim | None = None
    for claim in claims:
        if isinstance(claim, CasualtyClaim) and _bare(claim):
            owner = _of_whole(claim, before, text) or _of_all(claim, counts)
        elif isinstance(claim, CasualtyClaim) and claim.population.allegiance is None:
            owner = _of_twin(claim, counts)
        else:
            owner = None
        if isinstance(claim, CasualtyClaim) and owner is not None:
            population = replace(claim.population, allegiance=replace(owner, basis="inferred"))
            claim = replace(claim, population=population)
        shared.append(claim)
        if isinstance(claim, CasualtyClaim | DeploymentClaim):
            before = claim
    return shared


def _bare(claim: CasualtyClaim) -> bool:
    zero = claim.amount is not None and claim.amount.low == claim.amount.high == 0
    return claim.population.words is None and claim.population.allegiance is None and not zero


def _of_whole(claim: CasualtyClaim, whole: CasualtyClaim | DeploymentClaim | None, text: str) -> ActorRef | None:
    """ "12,000 X casualties, including 3,000 dead", "the 900 sent there, of whom 80 were killed"."""
    if whole is None or whole.evidence.end > claim.evidence.start:
        return None
    between = text[whole.evidence.end : claim.evidence.start + len("of whom")].lower()
    words = re.findall(r"\w+|[.;]", between)[:4]
    near = claim.evidence.start - whole.evidence.end <= _NEAR and not {".", ";"} & set(words)
    return whole.population.allegiance if near and words and words_of("including-word") & set(words) else None


def _of_twin(claim: CasualtyClaim, counts: list[CasualtyClaim]) -> ActorRef | None:
    """ "Army kills 15 rebels" over "killed 15 X rebels": the same number of the same people."""
    if claim.amount is None or claim.amount.low is None or claim.amount.low < _TWIN or claim.population.words is None:
        return None
    head = claim.population.words.split()[-1]
    twins = [
        c.population.allegiance
        for c in counts
        if c.population.allegiance is not None
        and c.kinds == claim.kinds
        and c.amount is not None
        and (c.amount.low, c.amount.high) == (claim.amount.low, claim.amount.high)
        and head in (c.population.words or "").split()
        and c.population.role == claim.population.role
        and c.population.role in ("military", "fighter", "police")
    ]
    return twins[0] if twins and len({t.actor.key for t in twins}) == 1 else None


def _of_all(claim: CasualtyClaim, counts: list[CasualtyClaim]) -> ActorRef | None:
    before = [
        c.population for c in counts if c.evidence.start < claim.evidence.start and c.population.words is not None
    ]
    owners = {p.allegiance.actor.key if p.allegiance and p.role in ("military", "fighter") else None for p in before}
    known = next((p.allegiance for p in before if p.allegiance), None)
    return known if len(owners) == 1 and None not in owners else None
