"""Heads and sentences by the library's moves, whose scores are computed here for all texts at a time.

The library keeps the states and makes the moves; its own loop over them takes the interpreter's lock and gives it
back several times a move, which takes longer than the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
from thinc.api import Model

from kg.syntax.product import product

Array = Any


class Parser:
    """Heads, dependencies and sentences by the library's moves."""

    def __init__(self, component: Any) -> None:
        self._component = component
        chain, lower, upper = component.model.layers
        linear = chain.layers[-1]
        self._weights, self._bias = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        self._product = product(linear.ops)
        self._features, self._wide, self._lower, self._pad, self._before = _hidden(lower)
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        nothing: Any = Model("vectors", lambda *_, **__: (np.zeros((1, len(self._bias)), dtype="f"), None))
        self._seen = ParserStepModel([], [nothing, lower, upper], has_upper=True, train=False)
        self._room = np.empty((0, 0), dtype="f")

    def parse(self, docs: Sequence[Any], vectors: Array) -> None:
        """Set the heads, dependencies and sentence starts of documents; `vectors` are those of all their words."""
        states = self._component.moves.init_batch(docs)
        self._move(states, self._parts(vectors))
        self._component.set_annotations(docs, states)

    def _parts(self, vectors: Array) -> Array:
        """What each word adds to the sums in each of its roles, a row for each; first what the lack of one adds."""
        projected = self._product(vectors, self._weights)
        projected += self._bias
        words = len(vectors) + 1
        if words > len(self._room):
            self._room = np.empty((max(words, 1024), self._features * self._wide), dtype="f")
            self._room[0] = self._pad
        self._product(projected, self._lower, out=self._room[1:words])
        return self._room[:words].reshape(-1, self._wide)

    def _move(self, states: Sequence[Any], parts: Array) -> None:
        """Bring all states to their ends."""
        roles = np.arange(self._features, dtype="i") + self._features
        half = self._wide // 2
        seen, advance = self._seen.get_token_ids, self._component.transition_states
        upper, bias = self._upper
        while states:
            rows = seen(states)
            rows *= self._features
            rows += roles
            summed = np.add.reduce(parts.take(rows, axis=0), axis=1)
            summed += self._before
            scores = self._product(np.maximum(summed[:, :half], summed[:, half:]), upper)
            scores += bias
            states = advance(states, scores)


def _hidden(lower: Any) -> tuple[int, int, Array, Array, Array]:
    """The number of roles, the width of a sum, and the weights of the hidden layer, its two pieces side by side."""
    weights = lower.get_param("W")
    features, hidden, pieces, inputs = weights.shape
    if pieces != 2:
        raise ValueError("the model's hidden layer takes the better of another number than two")
    wide = hidden * pieces
    flat = weights.transpose(0, 2, 1, 3).reshape(features * wide, inputs)
    pad = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(features * wide)
    return features, wide, np.ascontiguousarray(flat.T), pad, lower.get_param("b").T.reshape(-1)
