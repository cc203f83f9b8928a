"""A group that a casualty word counts: the value that the counting rules pass on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.counts.group import Group
from kg.mentions.cues import Trigger


@dataclass(frozen=True, slots=True)
class Count:
    """A group that a casualty word counts."""

    group: Group
    trigger: Trigger
    kinds: tuple[str, ...]
    rule: str
    antecedent: Group | None = None  # of an elided noun
    lower_bound: bool = False  # "the toll exceeded 100"
