"""Products are NumPy's where it has one thread."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import NumpyOps

from kg.syntax.product import is_single, one_thread, product


@pytest.mark.parametrize(
    ("openblas", "omp", "single"), [("1", "", True), ("", "1", True), ("2", "1", False), ("", "", False)]
)
def test_the_first_variable_counts(monkeypatch, openblas, omp, single):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", openblas)
    monkeypatch.setenv("OMP_NUM_THREADS", omp)
    one_thread()  # too late: NumPy is imported
    assert is_single() is single
    ops = NumpyOps()
    assert product(ops) == (np.matmul if single else ops.gemm)
    left, right = np.eye(2, 3, dtype="f"), np.ones((3, 2), dtype="f")
    assert (product(ops)(left, right) == 1).all()
