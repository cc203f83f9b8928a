"""Parts of speech and lemmas, kept by word, tag and dependency: the model's rules look at nothing else of a word.

A few of its rules look at two words ("let's", "gonna", "there were"); where one of them may fit, the text goes
through the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

KEPT = 200_000  # words in a form; one takes some 200 bytes


Key = tuple[int, int, int]  # word, tag and dependency, as hashes


class Form(NamedTuple):
    """What the rules make of a word; `opens` where a rule may look at it and at the word after it."""

    tag: str
    dep: str
    pos: str
    lemma: str
    opens: bool = False


class Forms:
    """The forms of words by the rules and the lemmatiser of a pipeline."""

    def __init__(self, pipeline: Any) -> None:
        self._vocab, self._strings = pipeline.vocab, pipeline.vocab.strings
        self._rules, self._lemmatizer = pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer")
        self._kept: dict[Key, Form] = {}
        self._runs: dict[tuple[Key, ...], list[Form]] = {}
        pairs = [p for entry in self._rules.patterns for p in entry["patterns"] if len(p) > 1]
        if any(len(pair) > 2 for pair in pairs):
            raise ValueError("a rule of the model looks at three words")
        self._firsts = [pair[0] for pair in pairs]

    def of(self, keys: Sequence[Key], lasts: Sequence[bool]) -> list[Form]:
        """The form of each word of parsed texts in a row; `lasts` says which is the last of its text."""
        kept = self._kept
        missing = [key for key in keys if key not in kept]
        if missing:
            if len(kept) > KEPT:
                kept.clear()
                self._runs.clear()
                missing = list(keys)
            self._add(list(dict.fromkeys(missing)))
        forms = [kept[key] for key in keys]
        last = -1
        for first in [k for k, form in enumerate(forms) if form.opens]:
            if first > last:
                last = first
                while forms[last].opens and not lasts[last]:
                    last += 1
                if last > first:
                    forms[first : last + 1] = self._run(tuple(keys[first : last + 1]))
        return forms

    def _run(self, keys: tuple[Key, ...]) -> list[Form]:
        """The forms of words that a rule may look at together."""
        if keys not in self._runs:
            self._runs[keys] = self._by_rules(keys)
        return self._runs[keys]

    def _add(self, keys: Sequence[Key]) -> None:
        """Each word as a text of its own would do; with a mark after each, one text does for all."""
        mark = self._strings.add(";"), self._strings.add(":"), self._strings.add("punct")
        forms = self._by_rules([k for key in keys for k in (key, mark)])[::2]
        for key, form in zip(keys, forms, strict=True):
            self._kept[key] = form._replace(opens=self._may_open(key))

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
