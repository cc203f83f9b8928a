"""Entries and figures in words, for the one sentence that explains a relation."""

from __future__ import annotations

from collections.abc import Sequence

from kg.relation_model import Entry, Figure, Voice

UNNAMED = "the article's own voice"
UNKNOWN = {  # why two origins do not confirm one another, by code of independence
    "not-established": "that the origins are independent is not established",
    "copied": "both stand in copies of one text, which is one path",
}


def who(voices: Sequence[Voice]) -> str:
    """The voices in words; an article that names no source speaks for itself."""
    return joined([voice.name for voice in voices]) or UNNAMED


def on_one_line(words: str | None) -> str:
    """Words of a text without its line breaks, to be quoted in a sentence."""
    return " ".join((words or "").split())


def when(entry: Entry) -> str:
    """The time that a claim holds for, as EDTF, or that none is stated."""
    return entry.edtf or "no date stated"


def told(figure: Figure) -> str:
    """A figure in words: its origin, its number and its time."""
    return f"{who(figure.voices)}: {figure.lead.says} ({when(dated(figure))}, {figure.lead.file_name})"


def dated(figure: Figure) -> Entry:
    """The lead, or the first mention with a date where the lead has none."""
    return next((entry for entry in (figure.lead, *figure.entries) if entry.edtf), figure.lead)


def joined(words: Sequence[str]) -> str:
    """Words as an English list.

    >>> joined(["missing", "captured"]), joined(["a", "b", "c"]), joined([])
    ('missing and captured', 'a, b and c', '')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def grouped(number: float) -> str:
    """A number with commas, at most two decimals.

    >>> grouped(12345.678), grouped(8400), grouped(2.5)
    ('12,345.68', '8,400', '2.5')
    """
    return f"{round(number, 2):,}".removesuffix(".0")
