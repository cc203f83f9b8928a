"""Who may have been counted: the value that the counting rules pass on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Amount


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens `first`..`last` (inclusive) of one sentence; `amount` None: nothing was counted."""

    first: int
    last: int
    head: int | None  # None: the noun is elided ("12 were killed", "nine others")
    amount: Amount | None
    implied: bool  # a single person without a number word: 1
    role: str | None  # population-role code of the head noun
    words_first: int | None  # where the group's own words begin (after amount and determiner)
    words_last: int | None
    named: bool = False
    pronoun: bool = False

    @property
    def counted(self) -> bool:
        """Whether the text gives an amount for the group, in words or by being one person."""
        return self.implied or self.amount is not None
