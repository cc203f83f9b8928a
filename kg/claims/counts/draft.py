"""A casualty count with its words, before it is attributed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.counts.group import Group
from kg.mentions.cues import Trigger
from kg.model import Amount, Evidence
from kg.nlp import Sentence

_MEASURES = {
    ("killed",): "killed",
    ("wounded",): "wounded",
    ("missing",): "missing",
    ("captured",): "captured",
    ("killed", "wounded"): "killed_or_wounded",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A casualty count with its words, before it is attributed."""

    sentence: Sentence
    anchor: int  # token that the parse hangs the claim on
    first: int
    last: int
    kinds: tuple[str, ...]
    amount: Amount | None
    group: Group | None
    quality: Evidence | None
    fate: str | None
    fate_evidence: Evidence | None
    negated: bool
    trigger: Trigger
    rule: str

    @property
    def measure(self) -> str:
        """The flat record's measure for this set of kinds."""
        return _MEASURES.get(self.kinds, "casualties")
