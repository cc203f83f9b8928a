"""Parts of speech and lemmas, kept by word, tag and dependency: the model's rules look at nothing else of a word.

A few of its rules look at two words ("let's", "gonna", "there were"); where one of them may fit, the text goes
through the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from kg.syntax.keys import keys_of, numbers_of

KEPT = 200_000  # words in a form; one takes some 200 bytes

Array = Any
Key = tuple[int, ...]  # word, tag and dependency, as hashes


class Form(NamedTuple):
    """What the rules make of a word."""

    tag: str
    dep: str
    pos: str
    lemma: str


class Forms:
    """The forms of words by the rules and the lemmatiser of a pipeline."""

    def __init__(self, pipeline: Any) -> None:
        self._vocab, self._strings = pipeline.vocab, pipeline.vocab.strings
        self._rules, self._lemmatizer = pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer")
        self._rows: dict[bytes, int] = {}
        self._columns = [np.empty(1024, dtype=object) for _ in Form._fields]
        self._opens = np.zeros(1024, dtype=bool)  # where a rule may look at a word and at the word after it
        self._runs: dict[tuple[bytes, ...], list[Form]] = {}
        pairs = [p for entry in self._rules.patterns for p in entry["patterns"] if len(p) > 1]
        if any(len(pair) > 2 for pair in pairs):
            raise ValueError("a rule of the model looks at three words")
        self._firsts = [pair[0] for pair in pairs]

    def of(self, seen: Array, lasts: Array) -> list[list[str]]:
        """The columns of the forms of the words of parsed texts in a row.

        `seen` holds word, tag and dependency of each, and `lasts` says which is the last of its text.
        """
        keys = keys_of(seen)
        rows = list(map(self._rows.get, keys))
        if None in rows:
            if len(self._rows) > KEPT:
                self._rows.clear()
                self._runs.clear()
            self._add(list(dict.fromkeys(key for key in keys if key not in self._rows)))
            rows = list(map(self._rows.get, keys))
        at = np.array(rows, dtype=np.intp)
        columns = [column.take(at).tolist() for column in self._columns]
        opens = (self._opens.take(at) & ~lasts).tolist()
        last = -1
        for first in [k for k, open_ in enumerate(opens) if open_]:
            if first > last:
                last = first
                while opens[last]:
                    last += 1
                run = self._run(tuple(keys[first : last + 1]))
                for column, values in zip(columns, zip(*run, strict=True), strict=True):
                    column[first : last + 1] = values
        return columns

    def _run(self, keys: tuple[bytes, ...]) -> list[Form]:
        """The forms of words that a rule may look at together."""
        if keys not in self._runs:
            self._runs[keys] = self._by_rules(list(map(numbers_of, keys)))
        return self._runs[keys]

    def _add(self, keys: Sequence[bytes]) -> None:
        """Each word as a text of its own would do; with a mark after each, one text does for all."""
        mark = self._strings.add(";"), self._strings.add(":"), self._strings.add("punct")
        numbers = list(map(numbers_of, keys))
        forms = self._by_rules([k for key in numbers for k in (key, mark)])[::2]
        first = len(self._rows)
        while first + len(keys) > len(self._opens):
            self._columns = [np.concatenate([column, np.empty_like(column)]) for column in self._columns]
            self._opens = np.concatenate([self._opens, np.zeros_like(self._opens)])
        for row, (key, number, form) in enumerate(zip(keys, numbers, forms, strict=True), first):
            self._rows[key] = row
            self._opens[row] = self._may_open(number)
            for column, value in zip(self._columns, form, strict=True):
                column[row] = value

    def _by_rules(self, keys: Sequence[Key]) -> list[Form]:
        import spacy.tokens

        columns = [[self._strings[value] for value in column] for column in zip(*keys, strict=True)]
        words, tags, deps = columns
        doc = spacy.tokens.Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        self._lemmatizer(self._rules(doc))
        return [Form(t.tag_, t.dep_, t.pos_, t.lemma_.lower()) for t in doc]

    def _may_open(self, key: Key) -> bool:
        """Whether a word may be the first of the two that a rule looks at."""
        lower, dep = self._strings[key[0]].lower(), self._strings[key[2]]
        return any(_fits(first.get("LOWER"), lower) and _fits(first.get("DEP"), dep) for first in self._firsts)


def _fits(condition: Any, value: str) -> bool:
    if condition is None:
        return True
    if isinstance(condition, str):
        return condition == value
    return "REGEX" not in condition or re.search(condition["REGEX"], value) is not None
