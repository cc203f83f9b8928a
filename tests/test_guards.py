"""What passes over rules by words or signs changes nothing: all cases read as they do where every rule is tried.

A guard is a second list of what a rule asks for. A rule that learns a new word stays silent where its guard does not
know it: then the guard is wrong.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.mentions
from kg import text
from kg.claims import find_claims
from kg.ingest import article_from_text
from kg.lexicon import data_file, read_table
from kg.mentions import Reading, read, relative_dates, written_dates
from kg.mentions.guards import Guarded
from kg.mentions.starts import Starts
from kg.mentions.wording import Guard
from kg.nlp import Sentence, parse
from tests.tables import CASES, PUBLISHED, text_of

FOUND = ("amounts", "percents", "dates", "names", "people", "foreign")
BEGINS = re.compile(r"(?<!\w)(?=\S)")  # where a phrase can begin
_SENTENCE = r"\b(?:s|sentence|previous|earlier|told)\.(?:words|lemmas)\b"
SKIPS = re.compile(rf"isdisjoint\({_SENTENCE}|{_SENTENCE}\.isdisjoint")
EXAMPLES = (("word_lists.tsv", ("list", "word", "example")), ("triggers.tsv", ("forms", "frame", "kind", "example")))


def texts() -> Iterator[str]:
    """The texts of all tables of cases, and the examples of the lists that rules and guards ask for."""
    for table in sorted(CASES.rglob("*.tsv")):
        columns = table.read_text(encoding="utf-8").partition("\n")[0].split("\t")
        if "text" in columns:
            yield from (text_of(row) for row in read_table(table, columns))
    for name, columns in EXAMPLES:
        yield from sorted({row["example"] for row in read_table(data_file(name), columns)})


def found_in(words: str) -> list[object]:
    """Everything that is read in a text."""
    reading: Reading = read(text.make_document(article_from_text(words, published=PUBLISHED)))
    return [*(getattr(reading, name) for name in FOUND), find_claims(reading)]


@pytest.fixture
def parsed(monkeypatch):
    """Each text is parsed once; its sentences come back as new ones, of which nothing is known."""
    kept: dict[tuple[str, str], list[Sentence]] = {}

    def parse_once(document, blocks, common, stretches):
        blocks = list(blocks)
        key = (document.masked, str([stretches(block) for block in blocks]))
        if key not in kept:
            kept[key] = parse(document, blocks, common, stretches)
        return [Sentence(sentence.block, sentence.tokens) for sentence in kept[key]]

    monkeypatch.setattr(kg.mentions, "parse", parse_once)


def without_guards(monkeypatch):
    """From here on every rule is tried everywhere."""
    monkeypatch.setattr(Guard, "passes", lambda *_: True)
    monkeypatch.setattr(Guard, "begins", lambda *_: True)
    for pattern in (thing for thing in gc.get_objects() if isinstance(thing, Guarded)):
        monkeypatch.setattr(pattern, "words", ())
    monkeypatch.setattr(Starts, "of", lambda _, low: [match.start() for match in BEGINS.finditer(low)])
    monkeypatch.setattr(Starts, "kinds", lambda _, low: [(at, ~0) for at in range(len(low))])
    for name in ("_FOUR_DIGITS", "_TENS"):
        monkeypatch.setattr(written_dates, name, re.compile(""))
    monkeypatch.setattr(text, "_MARKUP", tuple((pattern, ("",)) for pattern, _ in text._MARKUP))
    written_dates._kept_candidates.cache_clear()
    relative_dates._words_in.cache_clear()


def test_every_rule_finds_without_its_guard_what_it_finds_with_it(parsed, monkeypatch):
    read_with = {words: found_in(words) for words in texts()}
    with monkeypatch.context() as patched:
        without_guards(patched)
        differ = [words for words, found in read_with.items() if found != found_in(words)]
    written_dates._kept_candidates.cache_clear()
    assert differ == []


def test_rules_are_passed_over_by_guards_alone():
    """A sentence's set of words is asked in one module, where a rule names the words or a guard does."""
    folders = [Path(kg.claims.__file__).parent, Path(kg.mentions.__file__).parent]
    modules = [path for folder in folders for path in folder.rglob("*.py") if path.name != "wording.py"]
    assert [path.name for path in modules if SKIPS.search(path.read_text(encoding="utf-8"))] == []
