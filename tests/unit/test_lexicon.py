"""The strict reader of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import read_table


def write(folder: Path, data: bytes) -> Path:
    path = folder / "words.tsv"
    path.write_bytes(data)
    return path


def test_rows_have_cells_by_column(tmp_path: Path) -> None:
    rows = read_table(write(tmp_path, b"# a remark\nword\tforms\n\nb\tx|y\na\t\n"), ("word", "forms"), ("word",))
    assert [(row.where, row["word"], row.many("forms")) for row in rows] == [
        ("words.tsv:4", "b", ("x", "y")),
        ("words.tsv:5", "a", ()),
    ]
    assert "forms" in rows[0]
    assert "other" not in rows[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"words\.tsv:1: the table has no header"),
        (b"word\tother\n", r"words\.tsv:1: the header is"),
        (b"word\tforms\na\n", r"words\.tsv:2: 1 cells; write 2"),
        (b"word\tforms\na\tb\tc\n", r"words\.tsv:2: 3 cells; write 2"),
        (b"word\tforms\na \tb\n", r"words\.tsv:2: a cell begins or ends with a blank"),
        (b"word\tforms\na\tb\na\tc\n", r"words\.tsv:3: 'a' is already in words\.tsv:2"),
        (b"word\tforms\nb\t\na\t\n", r"words\.tsv:3: 'a' stands after 'b'"),
        (b"word\tforms\n\xff\t\n", r"byte 11 is not UTF-8"),
        ("word\tforms\ne\u0301\t\n".encode(), r"words\.tsv:2: the text is not in Unicode form NFC"),
        ("word\tforms\na\u202e\t\n".encode(), r"words\.tsv:2: an invisible direction"),
    ],
)
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_table(write(tmp_path, data), ("word", "forms"), ("word",), is_sorted=True)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        read_table(tmp_path / "none.tsv", ("word",))
