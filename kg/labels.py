"""Claims → short labels for people: "about 40 killed — Northland soldiers"."""

from __future__ import annotations

import unicodedata

from kg.model import (
    Amount,
    CasualtyClaim,
    Claim,
    DeploymentClaim,
    GrowthClaim,
    Population,
    ShareClaim,
    StatementClaim,
)

MEASURES = {"killed_or_wounded": "killed or wounded"}


def label(claim: Claim) -> str:
    """One line about the claim; it is for reading, and no fact stands in it alone."""
    return " ".join(_label(claim).split())


def amount_label(amount: Amount | None) -> str:
    """The amount in digits, with its bounds in words.

    >>> from kg.model import Evidence
    >>> amount_label(Amount(evidence=Evidence(0, 9, "over 2000"), low=2000, high=None))
    'at least 2000'
    """
    match amount:
        case None:
            return "an unstated number"
        case Amount(low=None, high=None):
            return amount.vague or "an unstated number"
        case Amount(low=None):
            figure = f"at most {amount.high}"
        case Amount(high=None):
            figure = f"at least {amount.low}"
        case Amount(low=low, high=high) if low == high:
            figure = str(low)
        case _:
            figure = f"{amount.low} to {amount.high}"
    return f"{'about ' if amount.approximate else ''}{figure}{' more' if amount.more else ''}"


def digits(low: int | None, high: int | None, vague: str | None, approximate: bool) -> str:
    """A number in digits for a table, or its vague word.

    >>> digits(2000, 2000, None, True), digits(20, None, None, False), digits(20, 30, None, False)
    ('about 2,000', '≥ 20', '20–30')
    """
    if low is None and high is None:
        return vague or "—"
    if high is None:
        figure = f"≥ {low:,}"
    elif low is None:
        figure = f"≤ {high:,}"
    else:
        figure = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"about {figure}" if approximate else figure


def _label(claim: Claim) -> str:
    match claim:
        case CasualtyClaim():
            amount = claim.quality.words if claim.quality and not claim.amount else amount_label(claim.amount)
            fate = f", {claim.fate}" if claim.fate else ""
            measure = MEASURES.get(claim.measure, claim.measure)
            return f"{_denied(claim.negated)}{amount} {measure}{fate}{_group(claim.population)}"
        case DeploymentClaim():
            troops = f"{amount_label(claim.amount)} troops" if claim.amount else "troops"
            return f"{_denied(claim.negated)}{troops} {claim.status.replace('-', ' ')}{_group(claim.population)}"
        case ShareClaim():
            return f"{claim.percent:g}% of {claim.whole.words}"
        case GrowthClaim():
            return f"{claim.subject.words} × {claim.factor:g}"
        case StatementClaim():
            actors = ", ".join(ref.actor.name for ref in claim.actors) or "an unnamed actor"
            about = claim.proposition.words if claim.proposition else "a proposition that is not given"
            return f"{actors} {claim.stance.replace('-', ' ')}: {about}"
        case _:
            return claim.evidence.words


def _group(population: Population) -> str:
    if population.words:
        return f" — {population.words}"
    return f" — {population.allegiance.actor.name}" if population.allegiance else ""


def _denied(negated: bool) -> str:
    return "not " if negated else ""


def printable(text: str) -> str:
    """`text` without what could steer a terminal or turn its direction; line breaks become blanks."""
    spaced = "".join(" " if character in "\n\r\t\u2028\u2029\x85" else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character) not in ("Cc", "Cf", "Cs"))
