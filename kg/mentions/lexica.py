"""Small closed word lists of the claim rules, read from one table: list name → words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kg.lexicon import data_file, read_table


class _Lists(dict[str, frozenset[str]]):
    """All lists, read when the first is asked for."""

    def __missing__(self, name: str) -> frozenset[str]:
        if self:
            raise KeyError(name)
        lists: dict[str, set[str]] = {}
        for row in read_table(data_file("word_lists.tsv"), ("list", "word", "example"), key=("list", "word")):
            lists.setdefault(row["list"], set()).add(row["word"])
        self.update({listed: frozenset(words) for listed, words in lists.items()})  # at one go: threads ask as well
        return self[name]


# The words of one list; a KeyError for a list that the table does not have. The rules ask ten thousand times an
# article: a look-up takes a third of the time of a function.
words_of: Callable[[str], frozenset[str]] = _Lists().__getitem__


@cache
def words_of_any(*names: str) -> frozenset[str]:
    """The words of several lists together."""
    return frozenset[str]().union(*map(words_of, names))
