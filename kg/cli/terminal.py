"""What may reach a terminal: text without control characters, progress that is seen by people alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

_BLANKS = {ord(character): " " for character in "\t\n\v\f\r\x85\u2028\u2029"}
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if code not in _BLANKS}
# Marks that turn the direction of writing can make a terminal show another text than the one that stands there.
_DIRECTIONS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_UNSAFE = _CONTROLS | _DIRECTIONS | _BLANKS


def plain(text: str) -> str:
    r"""`text` on one line, without control characters, marks of direction and lone surrogates.

    >>> plain("two\x1b[31m men\n\u202edied")
    'two[31m men died'
    """
    return text.translate(_UNSAFE)


@contextmanager
def progress(words: str) -> Iterator[None]:
    """A spinner on standard error while the block runs, if that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def show(text: str) -> None:
    """Print lines as they are, or made safe where standard output is a terminal."""
    if sys.stdout.isatty():
        text = "".join(plain(line.expandtabs(4)) + "\n" for line in text.rstrip("\n").split("\n"))
    click.echo(text, nl=not text.endswith("\n"))


def width() -> int | None:
    """The columns of the terminal, or None in a pipe, where a table is as wide as it needs to be."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on standard output; its first column, which one copies from, is never broken."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, column in enumerate(columns):
        figures = rows and all(row[number].replace(",", "").isdecimal() for row in rows)
        table.add_column(column, justify="right" if figures else "left", overflow="fold", no_wrap=not number)
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console = Console(width=width() or 10_000, highlight=False)
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))
