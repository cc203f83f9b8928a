"""A deployment with its words, before it is attributed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.counts.group import Group
from kg.model import Amount, Evidence
from kg.nlp import Sentence


@dataclass(frozen=True, slots=True)
class Move:
    """A deployment with its words, before it is attributed."""

    sentence: Sentence
    anchor: int
    first: int
    last: int
    amount: Amount | None
    group: Group | None
    status: str
    subject: int | None  # token of who sends, where the verb has a subject of its own
    wave: Evidence | None
    purpose: Evidence | None
    counted: bool
    negated: bool
    rule: str
    antecedent: tuple[Sentence, Group] | None = None  # the forces of which an amount without a noun is
