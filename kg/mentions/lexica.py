"""Small closed word lists of the claim rules, read from one table: list name → words."""

from __future__ import annotations

from functools import cache

from kg.lexicon import data_file, read_table


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for row in read_table(data_file("word_lists.tsv"), ("list", "word", "example"), key=("list", "word")):
        lists.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in lists.items()}


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one list; raises KeyError for a list that the table does not have."""
    return _lists()[name]
