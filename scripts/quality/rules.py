"""How often each rule fires and is right.

A rule's id is `<kind>.<frame>/<pattern>`, with `+…` for what was added to it. A missed count belongs to
no rule, so a rule has a precision but no recall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from scripts.quality.gold import Record

FLAGGED = 0.8
FEW = 5  # under so many the precision says little


@dataclass(frozen=True, slots=True)
class Line:
    """One rule or group of rules."""

    rule: str
    fired: int
    right: int

    @property
    def wrong(self) -> int:
        """How many matched no hand-made record."""
        return self.fired - self.right

    @property
    def precision(self) -> float:
        """The share that is right."""
        return self.right / self.fired

    @property
    def flag(self) -> str:
        """A mark for a precision under `FLAGGED`; a weaker one where the rule fired rarely."""
        if self.precision >= FLAGGED:
            return ""
        return "low" if self.fired >= FEW else "low, few"


def group(rule: str) -> str:
    """The id before its additions: "killed.state/state+list" → "killed.state/state".

    A plus before the slash joins two kinds under one number and stays: "killed.transitive+wounded/passive".
    """
    head, slash, tail = rule.partition("/")
    return f"{head}/{tail.split('+', 1)[0]}" if slash else head.split("+", 1)[0]


def pattern(rule: str) -> str:
    """The pattern whatever the kind and the frame: "killed.transitive/passive+list" → "passive"."""
    name = group(rule)
    return name.rsplit("/", 1)[-1] if "/" in name else name


def lines(judged: Iterable[tuple[Record, bool]], key: Callable[[str], str] = str) -> list[Line]:
    """The rules by how often they fired, the most frequent first."""
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for record, is_right in judged:
        name = key(str(record["rule"]))
        fired[name] += 1
        right[name] += is_right
    return sorted((Line(name, n, right[name]) for name, n in fired.items()), key=lambda x: (-x.fired, x.rule))


def wilson(right: int, fired: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share: sound for the small counts that rules have."""
    z = 1.96
    share, spread = right / fired, z * z / fired
    centre = share + spread / 2
    width = z * sqrt(share * (1 - share) / fired + spread / (4 * fired))
    return max(0.0, (centre - width) / (1 + spread)), min(1.0, (centre + width) / (1 + spread))


def printed(rows: Iterable[Line], *, only_wrong: bool = False) -> str:
    """A table for a terminal; with `only_wrong`, rules without a wrong count are summed up in one line."""
    listed = list(rows)
    shown = [row for row in listed if row.wrong] if only_wrong else listed
    width = max([4, *(len(row.rule) for row in shown)])
    out = [f"{'rule':<{width}}  fired  right  wrong  precision"]
    out += [_printed(row, width) for row in shown]
    if only_wrong:
        clean = [row for row in listed if not row.wrong]
        out.append(f"{len(clean)} more, never wrong: {sum(row.fired for row in clean)} counts")
    return "\n".join(out)


def _printed(row: Line, width: int) -> str:
    counts = f"{row.fired:5}  {row.right:5}  {row.wrong:5}"
    return f"{row.rule:<{width}}  {counts}      {row.precision:.3f}  {row.flag}".rstrip()
