"""Rows of numbers as keys that take half the time of tuples to make and to look up."""

from __future__ import annotations

from typing import Any

import numpy as np


def keys_of(numbers: Any) -> list[bytes]:
    """A key for each row of a table of hashes."""
    rows = np.ascontiguousarray(numbers, dtype=np.uint64)
    keys: list[bytes] = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
    return keys


def numbers_of(key: bytes) -> tuple[int, ...]:
    """The numbers of the row that a key was made of."""
    return tuple(np.frombuffer(key, dtype=np.uint64).tolist())
