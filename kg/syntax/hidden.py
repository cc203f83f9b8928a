"""The weights of the model's hidden layers over words in roles, laid out for products of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def with_one(linear: Any) -> tuple[Array, Array]:
    """A layer's weights and what it adds, with one number more in what comes out: always one."""
    weights, bias = linear.get_param("W").T, linear.get_param("b")
    return np.ascontiguousarray(np.pad(weights, ((0, 0), (0, 1)))), np.append(bias, np.float32(1))


def roles(lower: Any) -> tuple[int, int, Array, Array]:
    """A hidden layer of the library's states: how many roles of words it looks at, the width of a sum, and its weights.

    The weights are those of vectors that end with a one, its two pieces side by side. Last comes what it adds where
    there is no word in a role. What it always adds is in the first role.
    """
    weights, pad, bias = lower.get_param("W"), lower.get_param("pad")[0], lower.get_param("b")
    features, hidden, pieces, inputs = weights.shape
    if pieces != 2:
        raise ValueError("a hidden layer of the model takes the better of more than two numbers")
    wide = hidden * pieces
    flat = weights.transpose(0, 2, 1, 3).reshape(features * wide, inputs)
    always = np.zeros(features * wide, dtype="f")
    always[:wide] = bias.T.reshape(-1)
    joined = np.ascontiguousarray(np.vstack([flat.T, always]))
    return features, wide, joined, pad.transpose(0, 2, 1).reshape(-1) + always
