"""A build on Apache Spark yields what a local one does, also when one of its processes is killed in the middle."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.columns import TABLES
from kg.copies import Signed, copies
from kg.dataset import FILES, Contents
from kg.engine.rows.described import PARTS, lines_of
from kg.iri import relations_iri
from kg.pipeline import build
from kg.vocab import NS
from tests.test_copy_graph import ROWS, UNNAMED
from tests.unit.ingest.files import jsonl, write

ROOT = Path(__file__).resolve().parent.parent
MISSING = " and ".join(
    [*(["PySpark"] if importlib.util.find_spec("pyspark") is None else []), *([] if shutil.which("java") else ["Java"])]
)
on_spark = pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} missing: the Spark engine is not tested")


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def workers(pid: int) -> list[int]:
    """The processes below one that Spark's Python daemon has forked, which do the work."""
    found = []
    for child in children(pid):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        found += children(child) if b"pyspark.daemon" in command else workers(child)
    return found


def kill_a_worker(process: subprocess.Popen[str], after: float) -> bool:
    """Kill one as soon as it has worked for so many seconds."""
    seen: dict[int, float] = {}
    while process.poll() is None:
        for worker in workers(process.pid):
            if time.monotonic() - seen.setdefault(worker, time.monotonic()) > after:
                os.kill(worker, signal.SIGKILL)
                return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles whose claims bear on one another within and across articles, copies of one text, and broken records."""
    folder = tmp_path_factory.mktemp("spark") / "articles"
    folder.mkdir()
    for case in sorted(path.parent for path in (ROOT / "tests/relations").glob("*/*/expected.csv"))[::4]:
        for file in sorted(case.glob("*.md")):
            shutil.copy(file, folder / f"{case.parent.name}-{case.name}-{file.name}")
    again = [ROWS[0], {**ROWS[0], "text": "At least 7 soldiers were killed in Ameta on Sunday, the army said."}]
    more = [{"id": "undated", "text": UNNAMED}, {"id": "empty"}, *again]
    write(folder, "news.jsonl", jsonl(*ROWS, *more) + b"{no JSON\n")
    return folder


@on_spark
def test_it_yields_what_the_local_engine_yields_though_a_process_is_killed(corpus: Path, tmp_path: Path) -> None:
    out, local = tmp_path / "spark", tmp_path / "local"
    command = [sys.executable, "-m", "kg", "build", str(corpus), "--out", str(out), "--engine", "spark", "--json"]
    command += ["--master", "local[2]", "--spark-conf", "spark.sql.shuffle.partitions=2"]
    command += ["--spark-conf", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1"]  # a short run
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert kill_a_worker(process, after=1.0)
            told, errors = process.communicate(timeout=300)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, errors[-2_000:]
    summary = build(corpus, local)
    quads, described = (local / "kg.nq").read_text("utf-8").splitlines(), only_in_small_builds()
    assert sorted(lines(out / "kg.nq")) == sorted(set(quads) - described)
    assert lines(out / "kg.nq") == sorted(lines(out / "kg.nq"), key=by_graph)
    assert described < set(quads)
    assert any(str(NS[relations_iri("copies first")]) in line for line in quads)
    counts = {**summary.counts, "triples": summary.counts["triples"] - len(described)}
    assert json.loads(told)["counts"] == json.loads((out / "manifest.json").read_bytes())["counts"] == counts
    for table in TABLES:
        assert records(out / f"{table}.parquet") == records(local / f"{table}.parquet"), table
    assert sum("has the same id" in line or "read once" in line for line in lines(out / "dropped.jsonl")) == 2
    assert sorted(lines(out / "dropped.jsonl")) == sorted((local / "dropped.jsonl").read_text("utf-8").splitlines())
    for name in ("unresolved.tsv", "shacl-report.ttl", "shacl-report.txt"):
        assert (out / name).read_bytes() == (local / name).read_bytes(), name
    texts = {row["sha256"]: row["text"] for row in map(json.loads, lines(out / "texts.jsonl"))}
    assert texts == {path.stem: path.read_text("utf-8") for path in (local / "texts").iterdir()}
    assert not (out / "stages").exists()


def only_in_small_builds() -> set[str]:
    """The lines that describe the files of a small build that one on Spark does not have."""
    versions = {"kg": "0"}
    empty = [lines_of(Contents((), (), 0, frozenset(), files), versions) for files in (FILES, PARTS)]
    return set(empty[0]) - set(empty[1])


def lines(path: Path) -> list[str]:
    """The lines of part files, in their order."""
    parts = sorted(path.glob("part-*.gz"))
    return [line for part in parts for line in gzip.decompress(part.read_bytes()).decode().split("\n") if line]


def by_graph(line: str) -> tuple[str, str]:
    return line.rsplit(" ", 2)[1], line


def records(path: Path) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, object]] = pq.read_table(path).to_pylist()
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=str))


@on_spark
def test_copies_of_a_band_that_many_share_are_those_of_a_local_build(tmp_path: Path) -> None:
    from kg.engine.cluster import session
    from kg.engine.spark.copies import copies_in

    chosen = Random(1)  # noqa: S311
    boilerplate, story = chosen.randbytes(32), chosen.randbytes(992)
    signed: list[Signed] = []
    for n in range(100):
        changed = chosen.choice([0, 200, 400]) if n % 9 == 0 else 992  # bytes of the story
        day = None if n % 50 == 45 else date(2031, 5, 1) + timedelta(chosen.randrange(20))
        signed.append((f"{n:03}", day, boilerplate + chosen.randbytes(changed) + story[changed:]))
    expected = {(later, text.first) for text in copies(signed) for later in text.later}
    assert expected
    settings = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
    with session("local[1]", 2, settings) as spark:
        rows = [(article, day.isoformat() if day else "", bytearray(data)) for article, day, data in signed]
        found = copies_in(
            spark, spark.createDataFrame(rows, "article string, day string, signature binary"), str(tmp_path)
        )
        assert {(row["article"], row["first"]) for row in found.collect()} == expected
        assert not spark.read.parquet(f"{tmp_path}/near").where("binds").isEmpty()


def test_without_java_it_says_so(corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark missing")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    result = CliRunner().invoke(cli, ["build", str(corpus), "--out", str(tmp_path / "out"), "--engine", "spark"])
    assert result.exit_code != 0
    assert "needs Java 17 or 21" in str(result.exception) + result.output


def test_without_pyspark_it_says_so(corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    result = CliRunner().invoke(cli, ["build", str(corpus), "--out", str(tmp_path / "out"), "--engine", "spark"])
    assert result.exit_code != 0
    assert "pip install 'conflict-claims[spark]'" in str(result.exception) + result.output
