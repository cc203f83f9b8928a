"""Whole builds: the same bytes by any number of processes, with and without a cache, after any interruption."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import zstandard
from pyoxigraph import RdfFormat, parse

from kg import export, pipeline
from kg.__main__ import run
from kg.dataset import GRAPH, dataset_quads
from kg.engine import reading
from kg.engine.lock import locked
from kg.engine.reading import Settings
from kg.engine.store import FILE, Store
from kg.export import triple_count
from kg.graph.relations import relation_nquads, scopes
from kg.ingest import read_articles
from kg.pipeline import build
from kg.published import published
from kg.rdf import node, parsed, to_nquads
from kg.relations import entries, relate
from kg.store import current, open_store
from kg.validate import validate
from kg.vocab import definitions
from kg.work import country_of, extraction, names_in, nquads_of, versions
from tests.made import article, write_articles

ROOT = Path(__file__).resolve().parent.parent
NUMBER = 12
FAST = Settings(engine="fast")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("made") / "articles", NUMBER)


@pytest.fixture(scope="module")
def plain(corpus: Path) -> Path:
    build(corpus, corpus.parent / "plain")
    return corpus.parent / "plain"


@pytest.fixture(scope="module")
def packed(corpus: Path) -> Path:
    """A packed build with its cache."""
    build(corpus, corpus.parent / "packed", cache=corpus.parent / "cache", packed=True)
    return corpus.parent / "packed"


def content(folder: Path) -> dict[str, bytes]:
    """The files; the triple store, which is made out of them, is told by the name of its generation."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return files | {"store": (current(folder) or "").encode()}


def unpacked(path: Path) -> bytes:
    with path.open("rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()


def test_the_graph_is_the_union_of_the_articles_graphs_their_relations_and_the_description(
    corpus: Path, plain: Path
) -> None:
    articles = read_articles(corpus)
    found = [extraction(a) for a in articles]
    related = relate([entries(e, country_of, names_in) for e in found])
    quads = parsed(b"".join(map(nquads_of, found)) + relation_nquads(related))
    quads += dataset_quads(articles, quads, versions(), scopes(related))
    assert related.relations and len(related.figures) > 3
    assert (plain / "kg.nq").read_bytes() == to_nquads(quads)
    assert f'"triples": {triple_count(quads)}'.encode() in (plain / "manifest.json").read_bytes()
    texts = {f"{a.id}": a.text for a in articles}
    assert (plain / "shacl-report.txt").read_text() == validate(quads, texts).table()


def test_both_forms_hold_the_same(plain: Path, packed: Path) -> None:
    def graph(data: bytes) -> set[object]:
        quads = set(parse(data, format=RdfFormat.N_QUADS))
        return {quad for quad in quads if quad.graph_name != node(GRAPH)}

    assert graph(unpacked(packed / "kg.nq.zst")) == graph((plain / "kg.nq").read_bytes())
    for name in ("claims.jsonl", "dropped.jsonl"):
        assert unpacked(packed / f"{name}.zst") == (plain / name).read_bytes()
    for name in ("claims.parquet", "unresolved.tsv", "shacl-report.ttl"):
        assert (packed / name).read_bytes() == (plain / name).read_bytes()
    names = [line.split(b" ")[-2] for line in unpacked(packed / "kg.nq.zst").splitlines()]
    assert names == sorted(names)


def test_the_table_has_the_records(plain: Path) -> None:
    import json

    from pyarrow import parquet

    from kg.engine.parquet import COLUMNS
    from kg.records import FIELDS

    rows = parquet.read_table(plain / "claims.parquet").to_pylist()
    assert rows == [json.loads(line) for line in (plain / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert tuple(COLUMNS) == FIELDS


@pytest.mark.parametrize("form", [False, True], ids=["plain", "packed"])
def test_two_processes_write_the_same_bytes_as_none(
    corpus: Path, plain: Path, packed: Path, form: bool, tmp_path
) -> None:
    build(corpus, tmp_path / "build", packed=form, settings=Settings(workers=2))
    assert content(tmp_path / "build") == content(packed if form else plain)


def test_a_second_build_reads_no_article_and_writes_the_same_bytes(
    corpus: Path, packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("an article was read again")

    monkeypatch.setattr(reading, "read", fail)
    before = content(packed)
    again = build(corpus, packed, cache=corpus.parent / "cache", packed=True)
    assert content(packed) == before and again.counts["articles"] == NUMBER
    elsewhere = build(corpus, tmp_path / "build", cache=corpus.parent / "cache", packed=True)
    assert content(tmp_path / "build") == before and elsewhere.counts == again.counts
    assert elsewhere.unresolved == again.unresolved and elsewhere.report == again.report


def test_an_unchanged_build_writes_nothing_and_a_damaged_one_is_made_whole(corpus: Path, packed: Path) -> None:
    before, times = content(packed), {path: path.stat().st_mtime_ns for path in packed.rglob("*")}
    build(corpus, packed, cache=corpus.parent / "cache", packed=True)
    assert {path: path.stat().st_mtime_ns for path in packed.rglob("*")} == times
    (packed / "kg.nq.zst").write_bytes(b"half")
    build(corpus, packed, cache=corpus.parent / "cache", packed=True)
    assert content(packed) == before


def test_another_process_fills_the_triple_store_of_many_graphs(
    corpus: Path, packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.served.HERE", 0)
    build(corpus, tmp_path / "build", packed=True)
    assert content(tmp_path / "build") == content(packed)
    with open_store(tmp_path / "build") as other, open_store(packed) as store:
        assert len(other) == len(store) > 1000


def test_a_few_new_articles_of_a_large_corpus_are_read_in_another_process(
    corpus: Path, packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("an article was read in this process")

    monkeypatch.setattr(reading, "LARGE", 0)
    monkeypatch.setattr(reading, "_here", fail)
    build(corpus, tmp_path / "build", packed=True)
    assert content(tmp_path / "build") == content(packed)


def changed(folder: Path) -> None:
    (folder / "a00003.md").write_text(article(3, seed=9), encoding="utf-8")


def added(folder: Path) -> None:
    (folder / "a99999.md").write_text(article(99_999), encoding="utf-8")


def withdrawn(folder: Path) -> None:
    (folder / "a00006.md").unlink()


@pytest.mark.parametrize("change", [changed, added, withdrawn])
def test_a_changed_corpus_is_built_as_if_it_were_new(
    corpus: Path, packed: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    shutil.copytree(corpus, tmp_path / "articles")
    shutil.copytree(packed, tmp_path / "build")
    shutil.copytree(corpus.parent / "cache", tmp_path / "cache")
    change(tmp_path / "articles")
    build(tmp_path / "articles", tmp_path / "build", cache=tmp_path / "cache", packed=True)
    build(tmp_path / "articles", tmp_path / "new", packed=True)
    assert content(tmp_path / "build") == content(tmp_path / "new")


def test_another_version_reads_everything_anew(corpus: Path, packed: Path, tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(corpus.parent / "cache", tmp_path / "cache")
    seen: list[str] = []
    whole = reading.read
    monkeypatch.setattr("kg.work.fingerprint", lambda: "a row of a word list has changed")
    monkeypatch.setattr(pipeline, "fingerprint", lambda: "a row of a word list has changed")
    monkeypatch.setattr(reading, "read", lambda a: (seen.append(a.id), whole(a))[1])
    build(corpus, tmp_path / "build", cache=tmp_path / "cache", packed=True)
    assert len(seen) == NUMBER
    versions_left = sqlite3.connect(tmp_path / "cache" / FILE).execute("SELECT DISTINCT version FROM item").fetchall()
    assert versions_left == [("a row of a word list has changed",)]


def test_damage_in_the_cache_never_reaches_the_output(corpus: Path, packed: Path, tmp_path: Path) -> None:
    whole = (corpus.parent / "cache" / FILE).read_bytes()
    draw = Random(3)  # noqa: S311
    for number in range(4):
        cache = tmp_path / f"cache{number}"
        cache.mkdir()
        data = bytearray(whole)
        for _ in range(40):
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        (cache / FILE).write_bytes(data)
        build(corpus, tmp_path / f"build{number}", cache=cache, packed=True, settings=FAST)
        assert content(tmp_path / f"build{number}") == content(packed)


def test_the_form_follows_the_size_and_leaves_no_file_of_the_other(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(corpus, out, cache=tmp_path / "cache", packed=True)
    (out / "notes.txt").write_text("mine")
    build(corpus, out, cache=tmp_path / "cache", packed=False)
    assert published(out, "kg.nq").name == "kg.nq" and not (out / "kg.nq.zst").exists()
    assert not (out / "inputs.jsonl.zst").exists() and (out / "notes.txt").exists()


@pytest.mark.parametrize("command", [["stats"], ["claims"], ["claims", "--format", "csv"], ["ask", "cq02"], ["actors"]])
def test_the_reading_commands_take_both_forms(
    plain: Path, packed: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def rows(folder: Path) -> list[str]:
        assert run([*command, "--build", str(folder)]) == 0
        return sorted(line for line in capsys.readouterr().out.splitlines() if "triples" not in line)

    assert rows(plain) == rows(packed)


def test_a_packed_build_is_validated_and_explained(
    corpus: Path, packed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(packed), "--articles", str(corpus)]) == 0
    capsys.readouterr()
    assert run(["claims", "--build", str(packed)]) == 0
    claim = capsys.readouterr().out.split('"id": "')[1].split('"')[0]
    assert run(["explain", claim, "--build", str(packed)]) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_articles_over_their_time_are_dropped_with_the_reason(corpus: Path, tmp_path: Path, workers: int) -> None:
    found = build(corpus, tmp_path / "build", settings=Settings(workers=workers, timeout=0.0001))
    assert found.counts["articles"] == found.counts["drops"] == len(found.lost) == NUMBER
    assert found.conforms
    drops = (tmp_path / "build" / "dropped.jsonl").read_text(encoding="utf-8")
    assert drops.count("Reading it took longer than 0.0001 seconds.") == NUMBER


def test_an_article_that_cannot_be_read_is_dropped_with_the_reason(corpus: Path, tmp_path, monkeypatch) -> None:
    def fail(_: object) -> None:
        raise ValueError("text of 3,000,000\ncharacters")

    monkeypatch.setattr("kg.engine.job.work", fail)
    found = build(corpus, tmp_path / "build", cache=tmp_path / "cache")
    assert found.lost[0] == ("a00000", "Reading it failed (ValueError: text of 3,000,000 characters).")


def test_a_second_build_in_one_folder_is_told_to_wait(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "build"
    with locked(out):
        code = "import sys; from kg.__main__ import main; sys.argv = sys.argv[1:]; main()"
        command = [sys.executable, "-c", code, "kg", "build", str(corpus), "--out", str(out)]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 2 and second.stderr.count("\n") == 1
    assert "another build is being written there" in second.stderr
    assert not out.exists() and list(tmp_path.iterdir()) == []
    with locked(out):
        pass


def apart(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """What becomes of a new process that runs this. A fork of ours would lack the threads of the libraries."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def steps(count: Callable[[str], None], patch: Callable[[object, str, object], None]) -> None:
    """Call `count` before every step of a build that leaves a trace on the disk."""
    for owner, name in (
        (Store, "put"), (Store, "put_rows"), (pipeline, "prune"), (Store, "note_build"), (export, "_write_content"),
        (export, "_publish"), (Path, "replace"), (Path, "rename"), (Path, "unlink"),
    ):  # fmt: skip
        whole = getattr(owner, name)

        def stepped(
            *arguments: object, whole: Callable[..., object] = whole, name: str = name, **more: object
        ) -> object:
            count(name)
            return whole(*arguments, **more)

        patch(owner, name, stepped)


def stepwise(corpus: Path, out: Path, count: Callable[[str], None]) -> None:
    """A packed build with a cache beside it, in which every step is counted before it is made."""
    with pytest.MonkeyPatch.context() as patched:
        steps(count, patched.setattr)
        build(corpus, out, cache=out.with_name(f"{out.name}.cache"), packed=True, settings=FAST)


def killed_at(corpus: Path, out: Path, point: int) -> None:
    """The same, ended by SIGKILL before the step of this number."""
    left = point

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    stepwise(corpus, out, count)


KILLED = """
import sys
from pathlib import Path
from tests.test_engine import killed_at
killed_at(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
"""


@pytest.mark.parametrize("again", [False, True], ids=["a first build", "one that replaces a build of fewer"])
def test_a_build_that_is_killed_anywhere_goes_on_and_ends_the_same(tmp_path: Path, again: bool) -> None:
    """Seeded points among all steps, half of them among those that put the new build in place of the old."""
    corpus, fewer = write_articles(tmp_path / "articles", 4), write_articles(tmp_path / "fewer", 3)
    before = tmp_path / "before"
    if again:
        build(fewer, before, cache=tmp_path / "before.cache", packed=True, settings=FAST)

    def fresh(name: str) -> Path:
        if again:
            shutil.copytree(before, tmp_path / name)
            shutil.copytree(tmp_path / "before.cache", tmp_path / f"{name}.cache")
        return tmp_path / name

    taken: list[str] = []
    stepwise(corpus, fresh("whole"), taken.append)
    wanted = content(tmp_path / "whole")
    draw = Random(11)  # noqa: S311
    last = [n for n, name in enumerate(taken) if name in ("_publish", "rename", "replace", "prune", "note_build")]
    for point in sorted({*draw.sample(range(last[0]), 4), *draw.sample(last, 4)}):
        out = fresh(f"killed{point}")
        ended = apart(KILLED, corpus, out, point)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        build(corpus, out, cache=out.with_name(f"{out.name}.cache"), packed=True, settings=FAST)
        assert content(out) == wanted, (point, taken[point])
        assert not list(tmp_path.glob(".*")), (point, taken[point])


def test_a_killed_parent_with_processes_goes_on_and_ends_the_same(corpus: Path, packed: Path, tmp_path: Path) -> None:
    code = "import sys; from kg.__main__ import main; sys.argv = sys.argv[1:]; main()"
    arguments = ["kg", "build", str(corpus), "--out", str(tmp_path / "build"), "--workers", "2", "--form", "packed"]
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.DEVNULL)
    cache = tmp_path / "build.cache" / FILE
    while process.poll() is None and not cache.exists():
        pass
    process.kill()
    process.wait()
    assert run(arguments[1:]) == 0
    assert content(tmp_path / "build") == content(packed)


FULL = """
import resource, sys
from kg.__main__ import run
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("cached", [False, True])
def test_a_full_disk_is_one_line_and_leaves_the_previous_build(
    corpus: Path, plain: Path, tmp_path: Path, cached: bool
) -> None:
    """A limit on the size of a file stands for the disk: the cache meets it first, or else the graph's files."""
    out = tmp_path / "build"
    shutil.copytree(plain, out)
    (out / "manifest.json").write_bytes(b"{}")
    before = content(out)
    if cached:
        build(corpus, tmp_path / "elsewhere", cache=tmp_path / "build.cache")
    ended = apart(FULL, "build", corpus, "--out", out)
    assert ended.returncode == 2
    line = ended.stderr
    assert line.count("\n") == 1 and ("cannot write the build" if cached else "the cache cannot be written") in line
    assert content(out) == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_no_shape_is_about_the_description(corpus: Path) -> None:
    """It is not validated, for it has a node for each article of the corpus, all of which are alike."""
    articles = read_articles(corpus)
    described = {
        t.object.value for t in dataset_quads(articles, [], versions(), ["x"]) if t.predicate.value.endswith("#type")
    }
    from kg.vocab import shape_files

    targets = set()
    for path in shape_files():
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if "#target" in quad.predicate.value:
                assert quad.predicate.value.endswith("#targetClass"), "another kind of target may hit the description"
                targets.add(quad.object.value)
    above = {s: o for s, p, o in definitions() if p.endswith("subClassOf")}
    assert targets and not described & targets and not described & set(above)


def test_a_cache_with_other_columns_is_made_anew(tmp_path: Path) -> None:
    """One that another version left: its table has not the parts that this one stores."""
    (tmp_path / "cache").mkdir()
    with sqlite3.connect(tmp_path / "cache" / "work.sqlite") as old:
        old.execute("CREATE TABLE item (key TEXT PRIMARY KEY, version TEXT, facts BLOB, quads BLOB)")
    old.close()
    (tmp_path / "a.txt").write_text("Three soldiers were killed on Monday, the army said.\n", encoding="utf-8")
    for _ in range(2):
        assert build(tmp_path / "a.txt", tmp_path / "build", cache=tmp_path / "cache").conforms
