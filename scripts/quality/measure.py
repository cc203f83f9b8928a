"""From matched records to figures: totals, and intervals by drawing articles again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np

from scripts.quality.gold import Entry, Record

DRAWS = 1000
SEED = 0

Keep = Callable[[Record], bool]


def everything(_: Record) -> bool:
    """Keeps every record."""
    return True


def tally(rules: ModuleType, entry: Entry, keep: Keep = everything) -> Counter[str]:
    """The counts of one article: `<figure>.right`, `.gold` and `.mine` for every figure and attribute."""
    gold, mine = [g for g in entry.gold if keep(g)], [p for p in entry.mine if keep(p)]
    pairs = rules.match(gold, mine)
    figures_gold, figures_mine = {rules.value_of(g) for g in gold}, {rules.value_of(p) for p in mine}
    counts = Counter(
        {
            "mention.right": len(pairs),
            "mention.gold": len(gold),
            "mention.mine": len(mine),
            "figure.right": len(figures_gold & figures_mine),
            "figure.gold": len(figures_gold),
            "figure.mine": len(figures_mine),
        }
    )
    for i, j in pairs:
        stated, given = gold[i], mine[j]
        for name, agrees in rules.VALUES.items():
            both = bool(stated.get(name)) and bool(given.get(name))
            counts[f"{name}.gold"] += bool(stated.get(name))
            counts[f"{name}.mine"] += bool(given.get(name))
            counts[f"{name}.right"] += both and agrees(stated, given)
        for name, agrees in rules.FLAGS.items():
            _flag(counts, name, agrees(stated, given))
        if stated["kind"] == "casualty":  # the scorer does not compare the cause
            _flag(counts, "cause", (stated.get("cause") or "conflict") == given.get("cause"))
    return counts


def _flag(counts: Counter[str], name: str, right: bool) -> None:
    counts[f"{name}.gold"] += 1
    counts[f"{name}.mine"] += 1
    counts[f"{name}.right"] += right


def prf(counts: Counter[str], name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a figure; each 0 where there is nothing to divide by."""
    return _prf(counts[f"{name}.right"], counts[f"{name}.gold"], counts[f"{name}.mine"])


def _prf(right: float, gold: float, mine: float) -> tuple[float, float, float]:
    precision = right / mine if mine else 0.0
    recall = right / gold if gold else 0.0
    return precision, recall, 2 * right / (gold + mine) if right else 0.0


def total(counts: Sequence[Counter[str]]) -> Counter[str]:
    """The sum over articles."""
    return sum(counts, Counter())


def interval(counts: Sequence[Counter[str]], name: str, which: int = 2) -> tuple[float, float]:
    """The middle 95 % of a figure over `DRAWS` draws of as many articles; `which`: 0 precision, 1 recall, 2 F1.

    Draws that hold neither a hand-made nor a found record are left out.
    """
    columns = np.array([[c[f"{name}.{part}"] for part in ("right", "gold", "mine")] for c in counts], dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(columns), (DRAWS, len(columns)))
    figures = [_prf(*sums)[which] for sums in columns[drawn].sum(axis=1) if sums.any()]
    low, high = np.percentile(figures, (2.5, 97.5))
    return float(low), float(high)


def judged(rules: ModuleType, entries: Sequence[Entry]) -> list[tuple[Record, bool]]:
    """Each of the extractor's records with whether a hand-made record matches it."""
    pairs: list[tuple[Record, bool]] = []
    for entry in entries:
        right = {j for _, j in rules.match(list(entry.gold), list(entry.mine))}
        pairs.extend((record, j in right) for j, record in enumerate(entry.mine))
    return pairs


def missed(rules: ModuleType, entry: Entry) -> list[Record]:
    """The hand-made records that no record of the extractor matches."""
    found = {i for i, _ in rules.match(list(entry.gold), list(entry.mine))}
    return [record for i, record in enumerate(entry.gold) if i not in found]


def why_missed(rules: ModuleType, entry: Entry, gold: Record) -> str:
    """What stands in the place of a missed record, in a few words."""
    start, end = gold["span"]
    near = [p for p in entry.mine if p["start"] < end and start < p["end"]]
    value = rules.value_of(gold)
    if not near:
        return "nothing was found there"
    if any(rules.value_of(p)[2:] == value[2:] for p in near):
        return "the count was found as another measure"
    if any(rules.value_of(p)[:2] == value[:2] for p in near):
        return "the measure was found with another count"
    return "another count was found there"
