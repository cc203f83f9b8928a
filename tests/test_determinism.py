"""The same articles give the same bytes: in another folder, from another place, with another hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

import kg
from tests.conftest import ROOT

SEEDS = ("1", "4242")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Two builds, as file name → bytes: each of its own copy of the articles, from its own folder, with its own seed.

    The second copy's files are newer and were written in the opposite order.
    """
    found = []
    for number, seed in enumerate(SEEDS):
        folder = tmp_path_factory.mktemp(f"run{number}")
        articles = folder / f"copy {number}"
        articles.mkdir()
        for k, file in enumerate(sorted((ROOT / "articles").iterdir(), reverse=bool(number))):
            shutil.copyfile(file, articles / file.name)
            os.utime(articles / file.name, (1_000_000 * (number + 1) + k,) * 2)
        out = folder / "elsewhere" / "out"
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"Etc/GMT+{number * 11}"}
        subprocess.run(
            [sys.executable, "-m", "kg", "build", articles.name, "--out", str(out)],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
        )
        found.append({file.name: file.read_bytes() for file in sorted(out.iterdir()) if file.is_file()})
    return found


def test_both_builds_write_the_same_files(builds):
    assert list(builds[0]) == list(builds[1])
    assert {"kg.ttl", "kg.trig", "kg.nq", "claims.jsonl", "claims.csv", "dropped.jsonl", "manifest.json"} <= set(
        builds[0]
    )


def test_every_file_has_the_same_bytes(builds):
    assert [name for name, data in builds[0].items() if builds[1][name] != data] == []


def test_no_file_names_the_folder_that_it_was_built_in(builds, tmp_path_factory):
    base = str(tmp_path_factory.getbasetemp()).encode()
    assert [name for name, data in builds[0].items() if base in data or str(ROOT).encode() in data] == []


def test_a_build_inside_another_process_has_the_same_bytes(builds, built):
    assert [name for name, data in builds[0].items() if (built / name).read_bytes() != data] == []


def test_two_texts_in_one_process_do_not_affect_each_other():
    first = "The army said 12 soldiers were killed in Goma on Friday. He said nine were wounded."
    alone = kg.extract(first, published="2024-05-05")
    kg.extract("General Tomas Rehak, citing Reuters, said Kenya lost 300 troops in 2023.", published="2024-01-01")
    assert kg.extract(first, published="2024-05-05") == alone
