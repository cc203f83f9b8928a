"""Parts of speech and lemmas, kept by word, tag and dependency: the model's rules look at nothing else of a word.

A few of its rules look at two words ("let's", "gonna", "there were"); where one of them may fit, the text goes
through the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

KEPT = 200_000  # words in a form; one takes some 200 bytes


class Form(NamedTuple):
    """What the rules make of a word."""

    tag: str
    dep: str
    pos: str
    lemma: str


class Forms:
    """The forms of words by the rules and the lemmatiser of a pipeline."""

    def __init__(self, pipeline: Any) -> None:
        self._strings = pipeline.vocab.strings
        self._rules, self._lemmatizer = pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer")
        self._vocab = pipeline.vocab
        self._kept: dict[tuple[int, int, int], Form] = {}
        pairs = [p for entry in self._rules.patterns for p in entry["patterns"] if len(p) > 1]
        if any(len(pair) > 2 for pair in pairs):
            raise ValueError("a rule looks at three words")
        self._firsts = [pair[0] for pair in pairs]
        self._opens: dict[tuple[int, int], bool] = {}

    def of(self, doc: Any, keys: Sequence[tuple[int, int, int]]) -> list[Form]:
        """The form of each word of a parsed text; `keys` are word, tag and dependency of each, as hashes."""
        opens = self._opens
        for word, _, dep in keys:
            known = opens.get((word, dep))
            if known is None:
                known = opens[word, dep] = self._may_open(word, dep)
            if known:
                return self._by_rules(doc)
        kept = self._kept
        missing = list(dict.fromkeys(key for key in keys if key not in kept))
        if missing:
            if len(kept) > KEPT:
                kept.clear()
                missing = list(dict.fromkeys(keys))
            self._add(missing)
        return [kept[key] for key in keys]

    def _by_rules(self, doc: Any) -> list[Form]:
        self._lemmatizer(self._rules(doc))
        return [Form(t.tag_, t.dep_, t.pos_, t.lemma_.lower()) for t in doc]

    def _add(self, keys: Sequence[tuple[int, int, int]]) -> None:
        """Each word as a text of its own would do; with a mark after each, one text does for all."""
        strings = self._strings
        words = [w for word, _, _ in keys for w in (strings[word], ";")]
        tags = [t for _, tag, _ in keys for t in (strings[tag], ":")]
        deps = [d for _, _, dep in keys for d in (strings[dep], "punct")]
        made = self._doc(words, tags, deps)
        self._kept.update(zip(keys, self._by_rules(made)[::2], strict=True))

    def _doc(self, words: list[str], tags: list[str], deps: list[str]) -> Any:
        import spacy.tokens

        return spacy.tokens.Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))

    def _may_open(self, word: int, dep: int) -> bool:
        """Whether a word may be the first of the two that a rule looks at."""
        lower, label = self._strings[word].lower(), self._strings[dep]
        return any(
            _fits(first.get("LOWER"), lower) and _fits(first.get("DEP"), label) for first in self._firsts
        )


def _fits(condition: Any, value: str) -> bool:
    if condition is None:
        return True
    if isinstance(condition, str):
        return condition == value
    return "REGEX" not in condition or re.search(condition["REGEX"], value) is not None
