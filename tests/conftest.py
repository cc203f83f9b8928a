"""What all tests share: the repository's root, and the corpus built once for those that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, and no verdict by the clock of a busy one.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of articles/; tests must not change it."""
    import kg

    out = tmp_path_factory.mktemp("corpus") / "build"
    kg.build(ROOT / "articles", out)
    return out


@pytest.fixture(scope="session")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of tests/corpora/contested: exact totals, open ones, ranges, undated; tests must not change it."""
    import kg

    out = tmp_path_factory.mktemp("contested") / "build"
    kg.build(ROOT / "tests" / "corpora" / "contested", out)
    return out
