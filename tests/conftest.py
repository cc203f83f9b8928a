"""What all tests share: the repository's root, and the corpus built once for those that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

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
