"""Named entities, read off all words at once.

A decision outside an entity looks at one word and one inside it at three: at the word, at the first of the entity
and at the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.syntax.hidden import roles, with_one
from kg.syntax.network import Encoder
from kg.syntax.product import product

Array = Any


class Entities:
    """The labels of named entities, as the model's transitions give them."""

    def __init__(self, model: Any, moves: Sequence[str]) -> None:
        projection, lower, upper = model.layers
        self.encoder = Encoder(projection.layers[0])
        self._product = product(model.ops)
        self._project = with_one(projection.layers[-1])
        features, _, weights, pad = roles(lower)
        if features != 3:
            raise ValueError("the model's entities depend on another number of words than three")
        self._word, self._first, self._before = (np.ascontiguousarray(w) for w in np.hsplit(weights, features))
        _, no_first, no_before = np.split(pad, features)
        self._alone = self._word.copy()  # the weights of a word outside of entities
        self._alone[-1] += no_first + no_before
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        kinds = [move.partition("-")[::2] for move in moves]
        self._labels = [label for _, label in kinds]
        self._begins = np.array([kind == "B" for kind, _ in kinds])
        self._units = np.array([kind == "U" and bool(label) for kind, label in kinds])
        self._outs = np.array([kind == "O" for kind, _ in kinds])
        outside = np.where(self._begins | self._units | self._outs, np.float32(0), np.float32(-np.inf))
        self._outside = self._upper[1] + outside
        self._inside = {n: moves.index(f"I-{self._labels[n]}") for n, (kind, _) in enumerate(kinds) if kind == "B"}
        self._last = {n: moves.index(f"L-{self._labels[n]}") for n, (kind, _) in enumerate(kinds) if kind == "B"}

    def labels(self, vectors: Array, blank: Array, ends: Array) -> list[str]:
        """The label of each word, "" outside of entities.

        `vectors` are those of the encoder, of all documents in a row. `blank` says of each word whether it is
        white space, `ends` whether it is the last of its document or sentence: no entity goes on after it.
        """
        projected = self._product(vectors, self._project[0])
        projected += self._project[1]
        scores = self._scores(self._product(projected, self._alone), self._outside)
        if blank.any():
            scores[np.ix_(blank, self._begins | self._units)] = -np.inf
        scores[np.ix_(ends, self._begins)] = -np.inf
        moves = scores.argmax(axis=1)
        begun = np.flatnonzero(self._begins[moves])
        reach = self._reach(projected, ends, moves, begun) if len(begun) else {}
        found = [""] * len(vectors)
        after = 0
        for at in np.flatnonzero(~self._outs[moves]).tolist():
            if at >= after:
                after = reach.get(at, at) + 1
                found[at:after] = [self._labels[moves[at]]] * (after - at)
        return found

    def _reach(self, projected: Array, ends: Array, moves: Array, begun: Array) -> dict[int, int]:
        """The last word of the entity that begins at each of `begun`."""
        going = np.array([self._inside[m] for m in moves[begun].tolist()])
        closing = np.array([self._last[m] for m in moves[begun].tolist()])
        reach: dict[int, int] = {}
        starts, at, given = begun, begun + 1, self._product(projected[begun], self._first)
        while len(starts):
            inside = self._product(projected[at], self._word)
            inside += given
            inside += self._product(projected[at - 1], self._before)
            scores = self._scores(inside, self._upper[1])
            row = np.arange(len(starts))
            stops = ends[at] | (scores[row, closing] > scores[row, going])
            reach.update(zip(starts[stops].tolist(), at[stops].tolist(), strict=True))
            on = ~stops
            starts, at, going, closing, given = starts[on], at[on] + 1, going[on], closing[on], given[on]
        return reach

    def _scores(self, summed: Array, bias: Array) -> Array:
        half = summed.shape[1] // 2
        scores = self._product(np.maximum(summed[:, :half], summed[:, half:]), self._upper[0])
        scores += bias
        return scores
