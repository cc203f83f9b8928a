"""The matrix product that the model is computed with: NumPy's, in half the library's time where it has one thread.

NumPy's OpenBLAS shares every product among all cores unless the environment told it not to before NumPy was
imported. Small products are then many times slower, and worker processes take each other's cores.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")  # the first that is set counts


def one_thread() -> None:
    """Ask for one thread, where NumPy is not imported yet and the environment says nothing else."""
    if "numpy" not in sys.modules and not any(os.environ.get(name) for name in VARIABLES):
        os.environ[VARIABLES[0]] = "1"


def product(ops: Any) -> Callable[..., Any]:
    """The product of two matrices, with `out=` for the result: NumPy's, or that of the library's `ops`."""
    import numpy as np

    return np.matmul if is_single() else ops.gemm


def is_single() -> bool:
    """Whether NumPy was told to compute products in one thread."""
    return next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "") == "1"
