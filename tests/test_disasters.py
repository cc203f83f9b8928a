"""Whole builds of what nobody hands in on purpose: endless lines and paragraphs, control characters, full disks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.__main__ import run
from kg.engine.reading import Settings
from kg.pipeline import build
from tests.made import write_articles

ROOT = Path(__file__).resolve().parent.parent
TEXT = "The army said on 4 May 2031 that twelve soldiers were killed near the border.\n"


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_paragraph_of_ten_megabytes_is_given_up_when_its_time_is_over(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "long.txt").write_text("Twelve soldiers were killed near the border on 4 May 2031. " * 180_000)
    (folder / "short.txt").write_text(TEXT)
    found = build(folder, tmp_path / "build", settings=Settings(workers=workers, timeout=4, engine="fast"))
    assert found.lost == (("long", "Reading it took longer than 4 seconds."),)
    assert found.conforms and found.counts["articles"] == 2 and found.counts["CasualtyClaim"] == 1
    (drop,) = [row for row in lines(tmp_path / "build" / "dropped.jsonl") if row["article"] == "long"]
    assert drop["stage"] == "engine" and drop["reason"] == "Reading it took longer than 4 seconds."


def test_a_line_of_five_gigabytes_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(json.dumps({"id": "one", "text": TEXT}).encode() + b"\n")
        file.seek(5 * 1024**3, 1)  # a hole: zeros without a line's end
        file.write(b"\n" + json.dumps({"id": "two", "text": TEXT.replace("twelve", "nine")}).encode() + b"\n")
    assert run(["build", str(path), "--out", str(tmp_path / "build"), "--cache", "none"]) == 0
    assert f"{path}:2: the line is longer than " in capsys.readouterr().err
    ids = {row["article"]: row["reason"] for row in lines(tmp_path / "build" / "dropped.jsonl")}
    assert "the line is longer than" in str(ids["a.jsonl:2"])
    assert {row["article"] for row in lines(tmp_path / "build" / "claims.jsonl")} == {"one", "two"}


def test_control_characters_are_kept_in_the_text_and_harm_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    odd = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 0x7F, 0x85, 0x200B, 0x202E, 0x2028, 0xFEFF, 0xFFFE)))
    (folder / "a.txt").write_bytes(f"{odd}{TEXT}{odd}\n\nNine {odd} men were wounded in Keta on 3 May 2031.\n".encode())
    (folder / "b.txt").write_text(TEXT)
    found = build(folder, tmp_path / "build")
    assert found.conforms and not found.lost and found.counts["CasualtyClaim"] >= 2
    assert run(["validate", str(tmp_path / "build"), "--articles", str(folder)]) == 0
    text = (folder / "a.txt").read_bytes().decode()
    for row in lines(tmp_path / "build" / "claims.jsonl"):
        if row["article"] == "a":
            assert text[int(str(row["start"])) : int(str(row["end"]))] == row["words"]
    packed = build(folder, tmp_path / "packed", packed=True)
    assert packed.conforms and packed.report == found.report


FULL = """
import os, subprocess, sys
from hashlib import sha256
from pathlib import Path
disk, fewer, more, code = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=True)
out = disk / "build"
def kg(articles, *more):
    return subprocess.run([sys.executable, "-c", code, "build", articles, "--out", str(out), *more], text=True,
        capture_output=True)
def content():
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*")) if path.is_file()}
assert kg(fewer).returncode == 0
before, left = content(), sorted(os.listdir(disk))
free = os.statvfs(disk)
with (disk / "filler").open("wb") as file:
    file.write(bytes(max(0, free.f_bavail * free.f_frsize - int(sys.argv[5]))))
ended = kg(more)
assert ended.returncode == 2, (ended.returncode, ended.stderr, ended.stdout[-300:])
assert ended.stderr.count("\\n") == 1, ended.stderr
assert "No space left" in ended.stderr or "full" in ended.stderr, ended.stderr
assert "check the folder's permissions and space" in ended.stderr, ended.stderr
assert content() == before
(disk / "filler").unlink()
assert sorted(os.listdir(disk)) == left, os.listdir(disk)
assert kg(more).returncode == 0
"""
CODE = "import sys; from kg.__main__ import run; sys.exit(run(sys.argv[1:]))"


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a file system of its own")
@pytest.mark.parametrize("room", [20_000, 400_000, 800_000])
def test_a_disk_that_is_full_ends_the_build_in_one_line(tmp_path: Path, room: int) -> None:
    """A small file system with so many bytes left: the cache, the files or the triple store meet its end."""
    fewer, more = write_articles(tmp_path / "fewer", 3), write_articles(tmp_path / "more", 6)
    (tmp_path / "disk").mkdir()
    inside = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no file system of one's own")
    command = [*inside, sys.executable, "-c", FULL, tmp_path / "disk", fewer, more, CODE, room]
    ended = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
