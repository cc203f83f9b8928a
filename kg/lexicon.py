"""Strict reading of the tab-separated tables that hold every name, word and pattern of this package."""

from __future__ import annotations

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

    def filled(self, columns: Sequence[str]) -> Row:
        """The same row with an empty cell for each of the columns that it lacks."""
        return Row(self.where, dict.fromkeys(columns, "") | self._cells)

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
    return _rows(_read(path), path.name, columns, columns, key, is_sorted)


def read_own_table(path: Path, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The rows of a user's table: its header has the `required` and any other `columns`, in any order.

    Columns that it leaves out are empty. A byte order mark and decomposed accents do no harm. Raises LexiconError,
    with the path and line, for anything else.
    """
    text = unicodedata.normalize("NFC", _decoded(path, str(path)).removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _without_bidi(text, str(path))
    rows = _rows(text, str(path), columns, required, (), False)
    return [row.filled(columns) for row in rows]


def _rows(
    text: str, name: str, columns: Sequence[str], required: Sequence[str], key: Sequence[str], is_sorted: bool
) -> list[Row]:
    rows: list[Row] = []
    seen: dict[tuple[str, ...], str] = {}
    previous: tuple[str, ...] = ()
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        cells = line.removesuffix("\r").split("\t")
        if not any(cells) or cells[0].startswith("#"):
            continue
        where = f"{name}:{number}"
        if header is None:
            header = cells
            _check_header(header, columns, required, where)
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{where}: {len(cells)} cells; write {len(header)}, with a tab between each two")
        if any(cell != cell.strip() for cell in cells):
            raise LexiconError(f"{where}: a cell begins or ends with a blank; remove it")
        row = Row(where, dict(zip(header, cells, strict=True)))
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
        raise LexiconError(f"{name}:1: the table has no header; write {list(columns)}, with tabs between")
    return rows


def _check_header(header: Sequence[str], columns: Sequence[str], required: Sequence[str], where: str) -> None:
    if required is columns:
        if list(header) != list(columns):
            raise LexiconError(f"{where}: the header is {header}; write exactly {list(columns)}, with tabs between")
        return
    unknown = [column for column in header if column not in columns]
    missing = [column for column in required if column not in header]
    if unknown or missing or len(set(header)) < len(header):
        raise LexiconError(
            f"{where}: the header is {header}; write {list(required)} and what you need of "
            f"{[column for column in columns if column not in required]}, each once, with tabs between"
        )


def _read(path: Path) -> str:
    text = _decoded(path, path.name)
    if not unicodedata.is_normalized("NFC", text):
        line = next(n for n, s in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", s))
        raise LexiconError(f"{path.name}:{line}: the text is not in Unicode form NFC; normalise the line")
    _without_bidi(text, path.name)
    return text


def _decoded(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: the table cannot be read ({error.strerror}); check the path") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{name}:{line}: byte {error.start} is not UTF-8; save the table as UTF-8") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise LexiconError(f"{name}:{line}: a NUL byte; save the table as UTF-8 text")
    return text


def _without_bidi(text: str, name: str) -> None:
    if not _BIDI.isdisjoint(text):
        line = next(n for n, s in enumerate(text.split("\n"), 1) if not _BIDI.isdisjoint(s))
        raise LexiconError(f"{name}:{line}: an invisible direction or byte-order mark; remove it")
