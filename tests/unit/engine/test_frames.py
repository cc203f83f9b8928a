"""Frames of a packed graph: sorted, found again, and the same bytes whatever stood there before."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import zstandard

from kg.engine.frames import Frames, Part, index_path, read_index


def part(number: int, text: str = "") -> Part:
    lines = f"line of {number} {text}\n".encode()
    return Part(f"graph_{number:05}", 1, f"{number} {text}", lambda: lines)


def write(path: Path, parts: list[Part], before: Path | None = None) -> Frames:
    frames = Frames(before or path, read_index(index_path(before or path)))
    data = list(frames.of(parts))
    path.write_bytes(b"".join(data))
    index_path(path).write_bytes(b"".join(frames.index()))
    return frames


def unpacked(path: Path) -> bytes:
    with path.open("rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()


@pytest.fixture
def parts() -> list[Part]:
    return [part(number) for number in range(3000)]


def test_the_file_is_one_stream_and_its_index_finds_every_frame(tmp_path: Path, parts: list[Part]) -> None:
    frames = write(tmp_path / "kg.nq.zst", parts)
    assert unpacked(tmp_path / "kg.nq.zst") == b"".join(p.lines() for p in parts)
    assert 10 < len(frames.written) < 150
    data = (tmp_path / "kg.nq.zst").read_bytes()
    assert read_index(index_path(tmp_path / "kg.nq.zst")) == frames.written
    for frame in frames.written:
        text = zstandard.ZstdDecompressor().decompress(data[frame.offset : frame.offset + frame.length])
        assert int(text.split()[2]) == int(frame.first.removeprefix("graph_"))
        assert text.count(b"\n") == frame.quads


def test_a_change_leaves_all_other_frames_and_the_bytes_are_those_of_a_new_file(
    tmp_path: Path, parts: list[Part]
) -> None:
    write(tmp_path / "kg.nq.zst", parts)
    draw = random.Random(7)  # noqa: S311
    for round_number in range(5):
        position = draw.randrange(len(parts))
        change = draw.choice(["add", "change", "remove"])
        if change == "remove":
            parts.pop(position)
        elif change == "change":
            parts[position] = part(int(parts[position].name[-5:]), f"anew {round_number}")
        else:
            parts = [*parts, part(3000 + round_number)]
        anew = write(tmp_path / "again", parts, before=tmp_path / "nothing there")
        frames = write(tmp_path / "next", parts, before=tmp_path / "kg.nq.zst")
        assert (tmp_path / "next").read_bytes() == (tmp_path / "again").read_bytes()
        assert frames.copied >= len(frames.written) - 2 and anew.copied == 0
        (tmp_path / "next").rename(tmp_path / "kg.nq.zst")
        index_path(tmp_path / "next").rename(index_path(tmp_path / "kg.nq.zst"))


@pytest.mark.parametrize("damage", ["file", "index", "no file"])
def test_a_damaged_file_is_not_copied_from(tmp_path: Path, parts: list[Part], damage: str) -> None:
    path = tmp_path / "kg.nq.zst"
    whole = write(path, parts)
    if damage == "file":
        path.write_bytes(bytes(len(path.read_bytes())))
    elif damage == "index":
        index_path(path).write_text("nonsense\n")
    else:
        path.unlink()
    frames = write(tmp_path / "next", parts, before=path)
    assert frames.copied == 0 and frames.written == whole.written


def test_a_long_graph_is_cut_and_a_graph_may_end_a_frame(tmp_path: Path) -> None:
    parts = [Part("graph_a", 30_000, "a", lambda: b"a\n"), Part("graph_b", 30_000, "b", lambda: b"b\n")]
    ends = [Part("graph_c", 1, "c", lambda: b"c\n", ends=True), Part("graph_d", 1, "d", lambda: b"d\n")]
    frames = write(tmp_path / "kg.nq.zst", [*parts, *ends])
    assert [frame.first for frame in frames.written] == ["graph_a", "graph_c", "graph_d"]
    assert unpacked(tmp_path / "kg.nq.zst") == b"a\nb\nc\nd\n"
