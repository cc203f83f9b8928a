"""Whether the data can tell sure counts from unsure ones: leave-one-article-out cross-validation.

Two small models predict that a count is right, each fitted without the article that it is asked about:
the precision of the rule's pattern, shrunk to the base rate; and a ridge logistic regression over that,
the block, an implied single victim, whether the parse was needed, and whether it is a deployment.
They are worth shipping only if they beat the base rate of the other articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scripts.quality.gold import Record
from scripts.quality.measure import DRAWS, SEED
from scripts.quality.rules import pattern

Judged = Sequence[tuple[Record, bool]]
Numbers = NDArray[np.float64]

PRIOR = 5.0  # how many counts the base rate weighs in a pattern's precision
RIDGE = 1.0
BINS = (0.0, 0.8, 0.9, 0.95, 0.975, 1.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A model's cross-validated predictions against the base rate's, and what came true."""

    name: str
    predicted: Numbers
    base: Numbers
    right: Numbers
    articles: tuple[str, ...]

    @property
    def brier(self) -> float:
        """The mean squared error of the predictions; 0 is perfect."""
        return float(np.mean((self.predicted - self.right) ** 2))

    @property
    def base_brier(self) -> float:
        """The same for the base rate."""
        return float(np.mean((self.base - self.right) ** 2))

    def gain(self) -> tuple[float, float, float]:
        """How much the Brier score falls against the base rate, with its middle 95 % over drawn articles."""
        losses = (self.base - self.right) ** 2 - (self.predicted - self.right) ** 2
        names = sorted(set(self.articles))
        sums = np.array([[losses[np.array(self.articles) == n].sum(), self.articles.count(n)] for n in names])
        drawn = np.random.default_rng(SEED).integers(0, len(names), (DRAWS, len(names)))
        gains = [total / number for total, number in sums[drawn].sum(axis=1)]
        low, high = np.percentile(gains, (2.5, 97.5))
        return float(np.mean(losses)), float(low), float(high)

    @property
    def beats_base(self) -> bool:
        """Whether the whole interval of the gain lies above 0."""
        return self.gain()[1] > 0

    def auc(self) -> float:
        """The chance that a right count is ranked above a wrong one; 0.5 is none."""
        sure, unsure = self.predicted[self.right == 1], self.predicted[self.right == 0]
        if not len(sure) or not len(unsure):
            return 0.5
        above = (sure[:, None] > unsure).mean() + (sure[:, None] == unsure).mean() / 2
        return float(above)

    def reliability(self) -> list[tuple[float, float, int, float, float]]:
        """Bins: from, to, counts, mean prediction, share that was right."""
        rows = []
        for low, high in pairwise(BINS):
            inside = (self.predicted >= low) & ((self.predicted < high) | (high == BINS[-1]))
            if inside.any():
                predicted, right = self.predicted[inside], self.right[inside]
                rows.append((low, high, int(inside.sum()), float(predicted.mean()), float(right.mean())))
        return rows


def trials(judged: Judged) -> list[Trial]:
    """The two models, each asked about every article without having seen it."""
    articles = tuple(str(record["article"]) for record, _ in judged)
    right = np.array([float(is_right) for _, is_right in judged])
    base, shrunk, logistic = (np.zeros(len(judged)) for _ in range(3))
    for article in sorted(set(articles)):
        out = np.array(articles) == article
        train = [pair for pair, left in zip(judged, out, strict=True) if not left]
        test = [record for (record, _), left in zip(judged, out, strict=True) if left]
        base[out] = base_rate(train)
        shrunk[out] = [shrunk_precision(train, record) for record in test]
        logistic[out] = _logistic(train, test)
    return [
        Trial("precision of the pattern, shrunk", shrunk, base, right, articles),
        Trial("logistic regression", logistic, base, right, articles),
    ]


def base_rate(train: Judged) -> float:
    """The share that is right, with half a right and half a wrong count added."""
    return (sum(is_right for _, is_right in train) + 0.5) / (len(train) + 1)


def shrunk_precision(train: Judged, record: Record, without: int | None = None) -> float:
    """The precision of the record's pattern, drawn to the base rate by `PRIOR` counts.

    `without` leaves one count of `train` out, so that no count speaks for itself while fitting.
    """
    name = pattern(str(record["rule"]))
    same = [ok for k, (other, ok) in enumerate(train) if k != without and pattern(str(other["rule"])) == name]
    return (sum(same) + PRIOR * base_rate(train)) / (len(same) + PRIOR)


def _features(record: Record, precision: float) -> list[float]:
    return [
        1.0,
        float(np.log(precision / (1 - precision))),
        float(record["block"] != "paragraph"),
        float(bool(record["implied"])),
        float("-parse" in str(record["rule"])),
        float(record["kind"] == "deployment"),
    ]


def _logistic(train: Judged, test: Sequence[Record]) -> Numbers:
    seen = np.array([_features(r, shrunk_precision(train, r, without=k)) for k, (r, _) in enumerate(train)])
    truth = np.array([float(ok) for _, ok in train])
    weights = np.zeros(seen.shape[1])
    penalty = RIDGE * np.diag([0.0] + [1.0] * (seen.shape[1] - 1))
    for _ in range(30):  # Newton steps: the loss is convex and a handful suffices
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (truth - chance) - penalty @ weights
        curve = (seen * (chance * (1 - chance))[:, None]).T @ seen + penalty
        weights += np.linalg.solve(curve + 1e-9 * np.eye(len(weights)), slope)
    asked = np.array([_features(r, shrunk_precision(train, r)) for r in test])
    predicted: Numbers = 1 / (1 + np.exp(-asked @ weights))
    return predicted
