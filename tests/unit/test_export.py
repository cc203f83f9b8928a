"""Files of a build: same graph, same bytes; and never a half-written folder."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset, Graph

from kg import export
from kg.dataset import dataset_quads
from kg.errors import OutputError
from kg.export import graph_files, manifest, triple_count, write_build
from kg.rdf import node, to_nquads, to_trig, to_turtle
from kg.vocab import PREFIXES, T
from tests.factory import VERSIONS, make_article, make_extraction, quads_of_article

ROOT = Path(__file__).resolve().parents[2]


def make_quads() -> list:
    extraction = make_extraction()
    quads = quads_of_article(extraction)
    return quads + dataset_quads([extraction.article], quads, VERSIONS)


def test_the_three_files_hold_the_same_graph() -> None:
    quads = make_quads()
    files = graph_files([to_nquads(quads)])
    assert set(parse(files["kg.nq"], format=RdfFormat.N_QUADS)) == set(quads)
    assert set(parse(files["kg.trig"], format=RdfFormat.TRIG)) == set(quads)
    assert {q.triple for q in parse(files["kg.ttl"], format=RdfFormat.TURTLE)} == {q.triple for q in quads}
    assert triple_count(quads) == len({q.triple for q in quads})


def test_rdflib_reads_them_too() -> None:
    files, count = graph_files([to_nquads(make_quads())]), triple_count(make_quads())
    assert len(Graph().parse(data=files["kg.ttl"], format="turtle")) == count
    assert len(Dataset(default_union=True).parse(data=files["kg.nq"], format="nquads")) >= count


def test_turtle_is_grouped_by_subject_types_first_and_declares_sorted_prefixes() -> None:
    blocks = graph_files([to_nquads(make_quads())])["kg.ttl"].decode().rstrip("\n").split("\n\n")
    header = blocks[0].split("\n")
    assert header == sorted(header) and all(line.startswith("@prefix") for line in header)
    subjects = [block.split(" ")[0] for block in blocks[1:]]
    assert len(set(subjects)) == len(subjects)
    assert all(block.split(" ")[1] == "a" for block in blocks[1:])
    assert subjects == sorted(subjects)


def test_the_order_of_the_input_does_not_matter() -> None:
    quads = make_quads()
    assert graph_files([to_nquads(quads)]) == graph_files([to_nquads(reversed(quads)), to_nquads(quads)])


def test_bytes_do_not_depend_on_the_process_or_its_hash_seed(tmp_path: Path) -> None:
    script = (
        "import hashlib; from tests.unit.test_export import graph_files, make_quads, to_nquads\n"
        "print(hashlib.sha256(b''.join(graph_files([to_nquads(make_quads())]).values())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(b"".join(graph_files([to_nquads(make_quads())]).values())).hexdigest() + "\n"}


def test_the_data_set_describes_itself() -> None:
    turtle = to_turtle(q.triple for q in make_quads() if q.graph_name == node("graph_dataset")).decode()
    assert "dcterms:license" in turtle and "void:triples" in turtle and "prov:wasGeneratedBy" in turtle
    assert "void:vocabulary" in turtle and "owl:versionInfo" in turtle


def test_the_manifest_has_hashes_and_no_clock_or_folder() -> None:
    data = manifest([make_article(id="b"), make_article()], {"kg": "1"}, {"claims": {"casualty": 2}}, {"x": b"1"})
    content = json.loads(data)
    assert [entry["article"] for entry in content["inputs"]] == ["a1", "b"]
    assert content["outputs"] == {"x": hashlib.sha256(b"1").hexdigest()}
    assert list(content) == sorted(content)
    assert data == manifest(
        [make_article(), make_article(id="b")], {"kg": "1"}, {"claims": {"casualty": 2}}, {"x": b"1"}
    )


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    write_build(tmp_path / "deep" / "build", {"a": b"1", "manifest.json": b"2"})
    assert (tmp_path / "deep" / "build" / "a").read_bytes() == b"1"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["build"]


def test_a_previous_build_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_build(out, {"a": b"old"})
    (out / "notes.txt").write_text("mine")
    write_build(out, {"a": b"new", "b": b"new"})
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a": "new", "b": "new", "notes.txt": "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_a_failure_leaves_the_previous_build_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "build"
    write_build(out, {"a": b"old", "b": b"old"})

    def fail(path: Path, data: bytes) -> None:
        if path.name == "b":
            raise OSError(28, "No space left on device")
        path.write_bytes(data)

    monkeypatch.setattr(export, "_write", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_build(out, {"a": b"new", "b": b"new"})
    assert {path.read_bytes() for path in out.iterdir()} == {b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_what_a_killed_run_left_behind_goes(tmp_path: Path) -> None:
    left = tmp_path / ".build.new-1"
    left.mkdir()
    (left / "a").write_bytes(b"half")
    write_build(tmp_path / "build", {"a": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_what_another_running_build_writes_stays(tmp_path: Path) -> None:
    theirs = tmp_path / ".build.new-1"
    theirs.mkdir()
    with export._locked(theirs):
        write_build(tmp_path / "build", {"a": b"1"})
        assert theirs.is_dir()


def test_an_interrupt_waits_for_the_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "build"
    write_build(out, {"a": b"old", "b": b"old"})
    publish = export._publish

    def interrupted(*arguments: object) -> None:
        signal.raise_signal(signal.SIGINT)
        publish(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "_publish", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore interrupts
    try:
        with pytest.raises(KeyboardInterrupt):
            write_build(out, {"a": b"new", "b": b"new"})
    finally:
        signal.signal(signal.SIGINT, before)
    assert {path.read_bytes() for path in out.iterdir()} == {b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_a_build_may_be_written_from_another_thread(tmp_path: Path) -> None:
    thread = threading.Thread(target=write_build, args=(tmp_path / "build", {"a": b"1"}))
    thread.start()
    thread.join()
    assert (tmp_path / "build" / "a").read_bytes() == b"1"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        write_build(tmp_path / "build", {"a": b"1"})
    with pytest.raises(OutputError, match="cannot write"):
        write_build(tmp_path / "build" / "deeper", {"a": b"1"})
    assert (tmp_path / "build").read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder(tmp_path: Path) -> None:
    out = tmp_path / "build"
    out.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        write_build(out, {"a": b"1"})


def test_trig_keeps_the_graphs_apart() -> None:
    trig = to_trig(make_quads()).decode()
    assert trig.count(" {\n") == 2
    assert str(T.CasualtyClaim).removeprefix(PREFIXES["kg"]) in trig
