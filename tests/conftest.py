"""What all tests share: the repository's root, and the corpus built once for those that only read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    import rdflib

    from kg.query import Graph

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


@pytest.fixture(scope="session")
def graph(built: Path) -> Graph:
    """The graph of articles/, as the commands read it."""
    from kg.query import Graph

    return Graph.load(built)


@pytest.fixture(scope="session")
def merged(built: Path) -> rdflib.Graph:
    """The same in another store, which knows no prefix that a query does not declare."""
    import rdflib

    return rdflib.Graph(bind_namespaces="none").parse(built / "kg.ttl")
