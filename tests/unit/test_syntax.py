"""The engine gives what the library's own pipeline gives, and guarded patterns find what the patterns find."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import corpus
from kg import nlp
from kg.ingest import article_from_text
from kg.mentions import read, relative_dates
from kg.mentions.guards import Guarded, lowered
from kg.mentions.relevance import relevant_blocks
from kg.syntax.keys import keys_of, numbers_of
from kg.text import make_document

ODD = [
    "",
    " ",
    "there",
    "Let's see, we gonna go; there were nine of them.",
    "¿Qué? — Ça va!  Two  blanks.",
    "Y'all\n\nain't",
]


@pytest.fixture(scope="module")
def pipeline():
    return spacy.load(nlp.verified_folder(nlp.MODELS))


def _rows(doc):
    return [
        [
            (t.i - s.start, t.idx, t.idx + len(t), t.text, t.lower_, t.lemma_.lower(), t.pos_, t.tag_, t.dep_,
             t.head.i - s.start, t.ent_type_)
            for t in s
        ]
        for s in doc.sents
    ]  # fmt: skip


def test_the_engine_reads_as_the_pipeline_does(pipeline):
    texts = [p for a in corpus.articles(8, conflict=0.5) for p in a.text.split("\n\n")] + ODD
    for found, doc in zip(nlp._engine().read(texts), pipeline.pipe(texts), strict=True):
        assert found == _rows(doc)


SALAD = (
    "Let", "'s", "there", "gonna", "Omar", "Haddad", "of", "the", "Red", "Crescent", "said", "on", "Friday", ",", ".",
    "that", "at", "least", "2,500", "three", "dozen", "soldiers", "were", "killed", "wounded", "and", "\"", "?", "in",
    "Lower", "Silesia", "which", "it", "had", "not", "seen", "since", "March", "1999", "\n", "  ", "!", "(", ")", "$5m",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SALAD), max_size=40).map(" ".join), min_size=1, max_size=6))
def test_no_text_is_read_otherwise_than_by_the_pipeline(pipeline, texts):
    read = list(nlp._engine().read(texts))
    assert read == [_rows(doc) for doc in pipeline.pipe(texts)]
    assert list(nlp._engine().read(texts[::-1])) == read[::-1]  # what is read beside a text makes no difference


@given(st.lists(st.tuples(*[st.integers(0, 2**64 - 1)] * 3), min_size=1, max_size=5))
def test_a_key_tells_its_numbers(rows):
    assert [numbers_of(key) for key in keys_of(rows)] == rows


WORDS = (
    "last",
    "Week",
    "on",
    "Friday",
    "the",
    "first",
    "half",
    "of",
    "2020",
    "this",
    "TODAY",
    "ago",
    "two",
    "days",
    "ſ",
    "K",
    "-",
)


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_a_guarded_pattern_finds_what_its_pattern_finds(words):
    text = " ".join(words)
    for guarded, _ in relative_dates._grammar():
        assert [m.span() for m in guarded.finditer(text, lowered(text))] == [
            m.span() for m in guarded.pattern.finditer(text)
        ]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?:dogs?|cat)s? barked", (" barked",)),
        (r"a?b?", ()),
        (r"(?:one|two)\s+\w+", ("one", "two")),
        (r"x(?!word)", ("x",)),
    ],
)
def test_a_pattern_needs_its_words(pattern, words):
    assert Guarded(re.compile(pattern, re.IGNORECASE)).words == words


def test_an_article_without_harm_or_forces_is_passed_over_with_a_reason():
    text = "\n\n".join(["The council voted on Monday to build a tram line through the old town of the city."] * 20)
    reading = read(make_document(article_from_text(text)))
    assert not reading.sentences
    (drop,) = reading.foreign
    assert drop.reason == "Names no harm to people and no armed force: the article is not read."


def test_harm_in_passing_is_read_with_the_block_before_it():
    plain = ["The council voted on Monday to build a tram line through the old town of the city."] * 20
    plain[9] = "Two workers were killed when the last line was built."
    document = make_document(article_from_text("\n\n".join(plain)))
    assert relevant_blocks(document) == (list(document.blocks[8:10]), False)
