"""Bad input ends in one line that names the file and the remedy, and a previous build stays as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.__main__ import run

TEXT = "The army said on 4 May 2031 that twelve soldiers were killed near the border.\n"
PREVIOUS = {"kg.ttl": b"previous graph", "manifest.json": b"{}", "notes.txt": b"mine"}


def write(folder: Path, name: str, content: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def huge(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)


def twice(folder: Path) -> None:
    write(folder, "a.txt", TEXT)
    write(folder, "more/a.md", TEXT)


def content(text: str | bytes) -> Callable[[Path], None]:
    return lambda folder: write(folder, "a.txt", text)


CASES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "missing folder": (lambda folder: folder.rmdir(), "articles: there is no such file or folder", "name the folder"),
    "empty folder": (lambda folder: None, "articles: holds no article", "put UTF-8 files"),
    "only other files": (lambda folder: write(folder, "a.pdf", "x"), "articles: holds no article", "put UTF-8 files"),
    "empty file": (content(""), "a.txt: is empty", "remove it"),
    "blank file": (content(" \n\n"), "a.txt: is empty", "remove it"),
    "not UTF-8": (content(b"One\nCaf\xe9\n"), "a.txt:2: is not UTF-8", "save it as UTF-8"),
    "binary": (content(b"\x7fELF\x00\x01"), "a.txt:1: holds a NUL byte", "save it as UTF-8"),
    "50 MB": (huge, "a.txt: is 50.0 MB", "split it"),
    "broken front matter": (content(f'---\ntitle: "A\n---\n{TEXT}'), "a.txt:", "double quotes"),
    "no closing line": (content(f"---\ntitle: A\n\n{TEXT}"), "a.txt:1: the front matter", "end it with"),
    "unknown key": (content(f"---\ntitle: A\nmood: B\n---\n{TEXT}"), "a.txt:3: unknown key 'mood'", "known keys are"),
    "no date": (content(f"---\npublished: soon\n---\n{TEXT}"), "a.txt:2: published 'soon'", "write it as YYYY-MM-DD"),
    "title is a number": (content(f"---\ntitle: 12\n---\n{TEXT}"), "a.txt:2: title is not text", "double quotes"),
    "same id": (twice, "more/a.md: has the same id", "rename one"),
    "mistake in names of one's own": (
        lambda folder: (write(folder, "a.txt", TEXT), write(folder, "actors.tsv", "kind\tname\nghost\tBoo\n")),
        "articles/actors.tsv:2: a row needs",
        "a kind among",
    ),
    "names in another encoding": (
        lambda folder: (write(folder, "a.txt", TEXT), write(folder, "places.tsv", b"kind\tname\ntown\tK\xe9ta\n")),
        "articles/places.tsv:2: byte 16 is not UTF-8",
        "save the table as UTF-8",
    ),
    "pipe": (lambda folder: os.mkfifo(folder / "a.txt"), "a.txt: is not a regular file", "remove it"),
    "unsafe file name": (
        lambda folder: write(folder, "a\n\x1b[31m\u202eb.txt", ""),
        "a [31mb.txt: is empty",
        "remove it",
    ),
}


@pytest.mark.parametrize(("prepare", "named", "remedy"), CASES.values(), ids=CASES)
def test_bad_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], prepare: Callable[[Path], None], named: str, remedy: str
) -> None:
    articles, out = tmp_path / "articles", tmp_path / "build"
    articles.mkdir()
    prepare(articles)
    previous(out)
    assert run(["build", str(articles), "--out", str(out)]) == 2
    line = error(capsys)
    assert named in line
    assert remedy in line
    assert kept(out)


def test_an_output_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "articles/a.txt", TEXT)
    write(tmp_path, "build", "mine")
    assert run(["build", str(tmp_path / "articles"), "--out", str(tmp_path / "build")]) == 2
    assert "build is a file" in error(capsys)
    assert (tmp_path / "build").read_bytes() == b"mine"


def test_an_output_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "articles/a.txt", TEXT)
    write(tmp_path, "blocked", "a file where a folder should be")
    assert run(["build", str(tmp_path / "articles"), "--out", str(tmp_path / "blocked" / "build")]) == 2
    assert "cannot write the build" in error(capsys)


def test_a_previous_build_is_replaced_and_foreign_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write(tmp_path, "articles/a.txt", TEXT)
    previous(out)
    assert run(["build", str(tmp_path / "articles"), "--out", str(out)]) == 0
    assert (out / "kg.ttl").read_bytes() != PREVIOUS["kg.ttl"]
    assert (out / "notes.txt").read_bytes() == PREVIOUS["notes.txt"]


def test_skipped_files_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "articles/a.txt", TEXT)
    write(tmp_path, "articles/photo.jpg", b"\xff\xd8")
    assert run(["build", str(tmp_path / "articles"), "--out", str(tmp_path / "build")]) == 0
    assert "photo.jpg: no format that is read (.txt, .md, " in capsys.readouterr().err


DIES = """
import os, signal, sys
from kg import export
from kg.__main__ import main

count = 0
whole = export._write

def dies(path, data):
    global count
    count += 1
    if count == {at}:
        path.write_bytes(data[: len(data) // 2])
        os.kill(os.getpid(), signal.{signal})
    whole(path, data)

export._write = dies
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore interrupts
sys.argv = ["kg", "build", {articles!r}, "--out", {out!r}]
main()
"""


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)]
)
def test_a_run_that_dies_while_it_writes(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    out = tmp_path / "build"
    write(tmp_path, "articles/a.txt", TEXT)
    previous(out)
    script = DIES.format(at=2, signal=sent.name, articles=str(tmp_path / "articles"), out=str(out))
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert kept(out)
    assert run(["build", str(tmp_path / "articles"), "--out", str(out)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "build", "build.cache"]


READING = [["claims"], ["stats"], ["actors"], ["explain", "claim_1"], ["query", "ASK {}"], ["validate"]]


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_reading_a_build_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert "run 'kg build" in error(capsys)


def test_a_damaged_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "manifest.json", "{")
    write(tmp_path, "claims.jsonl", '{"id": 1}\n{"id"\n')
    assert run(["stats", "--build", str(tmp_path)]) == 2
    assert "manifest.json: is damaged" in error(capsys)
    assert run(["claims", "--build", str(tmp_path), "--format", "table"]) == 2
    assert "claims.jsonl:2: is damaged" in error(capsys)


@pytest.mark.parametrize("arguments", [["nothing"], ["build", "--nothing"], ["claims", "--format", "xml"], ["ask"]])
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 2
    error(capsys)


def previous(out: Path) -> None:
    for name, data in PREVIOUS.items():
        write(out, name, data)


def kept(out: Path) -> bool:
    return {path.name: path.read_bytes() for path in out.iterdir()} == PREVIOUS


def error(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kg: error: ")
    assert captured.err.count("\n") == 1
    return captured.err
