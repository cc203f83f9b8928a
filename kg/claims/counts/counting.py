"""A group that a casualty word counts: the value that the counting rules pass on."""

from __future__ import annotations

from kg.claims.counts.group import Group
from kg.mentions.cues import Trigger
from kg.values import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """A group that a casualty word counts."""

    group: Group
    trigger: Trigger
    kinds: tuple[str, ...]
    rule: str
    antecedent: Group | None = None  # of an elided noun
    lower_bound: bool = False  # "the toll exceeded 100"
