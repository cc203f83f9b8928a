"""Strict reading of the tab-separated tables that hold every name, word and pattern of this package."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from kg.errors import LexiconError

_LEXICA = Path(__file__).resolve().parent / "data" / "lexicon"
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class Row:
    """One line of a table: where it stands ("file:line", for messages), and its cells by column name."""

    __slots__ = ("_cells", "where")

    def __init__(self, where: str, cells: dict[str, str]) -> None:
        self.where = where
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def __contains__(self, column: str) -> bool:
        return column in self._cells

    def also(self, column: str, cell: str) -> Row:
        """The same row with one cell more."""
        return Row(self.where, {**self._cells, column: cell})

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several values between bars; empty where the cell is empty."""
        cell = self._cells[column]
        return tuple(cell.split("|")) if cell else ()


def data_file(name: str) -> Path:
    """The path of a lexicon that is shipped in the package, by its file name."""
    return _LEXICA / name


def read_table(path: Path, columns: Sequence[str], key: Sequence[str] = (), *, is_sorted: bool = False) -> list[Row]:
    """The rows of a UTF-8 table whose first line is exactly `columns`; blank lines and # lines are skipped.

    `key` names the columns that together must differ in every row; `is_sorted` asks for rows in order of them.
    Raises LexiconError, with file and line, for anything else. Cells are not interpreted.
    """
    text = _read(path)
    rows: list[Row] = []
    seen: dict[tuple[str, ...], str] = {}
    previous: tuple[str, ...] = ()
    header: list[str] | None = None
    for number, cells in enumerate(csv.reader(text.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if not cells or cells[0].startswith("#"):
            continue
        where = f"{path.name}:{number}"
        if header is None:
            header = cells
            if header != list(columns):
                raise LexiconError(f"{where}: the header is {header}; write exactly {list(columns)}, with tabs between")
            continue
        if len(cells) != len(columns):
            raise LexiconError(f"{where}: {len(cells)} cells; write {len(columns)}, with a tab between each two")
        if any(cell != cell.strip() for cell in cells):
            raise LexiconError(f"{where}: a cell begins or ends with a blank; remove it")
        row = Row(where, dict(zip(columns, cells, strict=True)))
        if key:
            value = tuple(row[column] for column in key)
            if value in seen:
                raise LexiconError(f"{where}: {' '.join(value)!r} is already in {seen[value]}; merge the two rows")
            if is_sorted and value < previous:
                raise LexiconError(f"{where}: {' '.join(value)!r} stands after {' '.join(previous)!r}; sort the rows")
            seen[value] = where
            previous = value
        rows.append(row)
    if header is None:
        raise LexiconError(f"{path.name}:1: the table has no header; write {list(columns)}, with tabs between")
    return rows


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise LexiconError(f"{path}: the table cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path.name}: byte {error.start} is not UTF-8; save the table as UTF-8") from error
    if not unicodedata.is_normalized("NFC", text):
        line = next(n for n, s in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", s))
        raise LexiconError(f"{path.name}:{line}: the text is not in Unicode form NFC; normalise the line")
    if not _BIDI.isdisjoint(text):
        line = next(n for n, s in enumerate(text.splitlines(), 1) if not _BIDI.isdisjoint(s))
        raise LexiconError(f"{path.name}:{line}: an invisible direction or byte-order mark; remove it")
    return text
