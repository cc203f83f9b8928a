"""The library's parser with the vectors of words at hand, and with our matrix product before its first move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from thinc.api import Model, NumpyOps

from kg.syntax.product import product

Array = Any


class Parser:
    """Heads, dependencies and sentences by the library's moves."""

    def __init__(self, component: Any) -> None:
        self._component = component
        chain, lower = component.model.layers[:2]
        linear = chain.layers[-1]
        self._weights, self._bias = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        self._product = product(linear.ops)
        self._vectors: Array = None
        component.model.layers[0] = Model("vectors", self._projected)
        lower.ops = _Room(self._product)

    def parse(self, docs: Sequence[Any], vectors: Array) -> None:
        """Set the heads, dependencies and sentence starts of documents; `vectors` are those of all their words."""
        self._vectors = vectors
        self._component.set_annotations(docs, self._component.predict(docs))

    def _projected(self, *_: Any, **__: Any) -> tuple[Array, None]:
        projected = self._product(self._vectors, self._weights)
        projected += self._bias
        return projected, None


class _Room(NumpyOps):  # type: ignore[misc]
    """The library's operations with a product of our own, and one room for all results."""

    def __init__(self, multiply: Any) -> None:
        super().__init__()
        self._multiply = multiply
        self._room = np.empty(0, dtype="f")

    def gemm(self, x: Array, y: Array, out: Array = None, trans1: bool = False, trans2: bool = False) -> Array:
        return self._multiply(x.T if trans1 else x, y.T if trans2 else y, out=out)

    def alloc2f(self, rows: int, columns: int, *, dtype: Any = "float32", zeros: bool = True) -> Array:
        if zeros or dtype != "float32":
            return super().alloc2f(rows, columns, dtype=dtype, zeros=zeros)
        if rows * columns > self._room.size:
            self._room = np.empty(rows * columns, dtype="f")
        return self._room[: rows * columns].reshape(rows, columns)
