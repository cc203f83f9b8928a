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

from kg.syntax.hidden import roles, with_one
from kg.syntax.product import product

Array = Any


class Parser:
    """Heads, dependencies and sentences by the library's moves."""

    def __init__(self, component: Any) -> None:
        self._component = component
        chain, lower, upper = component.model.layers
        self._product = product(lower.ops)
        self._project = with_one(chain.layers[-1])
        self._features, self._wide, self._lower, self._pad = roles(lower)
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        nothing: Any = Model("vectors", lambda *_, **__: (np.zeros((1, lower.get_dim("nI")), dtype="f"), None))
        self._seen = ParserStepModel([], [nothing, lower, upper], has_upper=True, train=False)
        self._room = np.empty((0, 0), dtype="f")

    def parse(self, docs: Sequence[Any], vectors: Array) -> None:
        """Set the heads, dependencies and sentence starts of documents; `vectors` are those of all their words."""
        states = self._component.moves.init_batch(docs)
        self._move(states, self._parts(vectors))
        self._component.set_annotations(docs, states)

    def _parts(self, vectors: Array) -> Array:
        """What each word adds to the sums in each of its roles, a row for each; first what the lack of one adds."""
        projected = self._product(vectors, self._project[0])
        projected += self._project[1]
        words = len(vectors) + 1
        if words > len(self._room):
            self._room = np.empty((max(words, 1024), self._features * self._wide), dtype="f")
            self._room[0] = self._pad
        self._product(projected, self._lower, out=self._room[1:words])
        return self._room[:words].reshape(-1, self._wide)

    def _move(self, states: Sequence[Any], parts: Array) -> None:
        """Bring all states to their ends."""
        role = np.arange(self._features, dtype="i") + self._features
        half = self._wide // 2
        seen, advance = self._seen.get_token_ids, self._component.transition_states
        upper, bias = self._upper
        together = np.ones((1, self._features), dtype="f")  # a product adds up in half the time of a sum
        while states:
            rows = seen(states)
            rows *= self._features
            rows += role
            summed = np.matmul(together, parts.take(rows, axis=0))[:, 0]
            scores = self._product(np.maximum(summed[:, :half], summed[:, half:]), upper)
            scores += bias
            states = advance(states, scores)
