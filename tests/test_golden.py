"""Each stage makes of each article exactly what tests/golden/ holds; the first red stage is the guilty one.

A change that is meant is looked at and then accepted: `python scripts/regold.py`, then with `--accept`.
"""

from __future__ import annotations

from difflib import unified_diff

import pytest

from kg.ingest import find_articles
from tests.stages import ARTICLES, GOLDEN, STAGES, all_stages

IDS = [file.stem for file in find_articles(ARTICLES).files]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return all_stages()


def test_there_are_golden_files_of_every_article_and_stage_and_no_others():
    files = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    assert files == {f"{article}/{stage}" for article in IDS for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("article", IDS)
def test_a_stage_makes_what_it_made_before(made, article, stage):
    name = f"{article}/{stage}"
    golden = (GOLDEN / name).read_text(encoding="utf-8")
    changes = list(unified_diff(golden.splitlines(), made[name].splitlines(), "golden", "now", lineterm="", n=1))
    assert not changes, "\n".join([f"{name} has changed (python scripts/regold.py):", *changes[:60]])
