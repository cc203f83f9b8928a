"""The engine gives what the library's own pipeline gives, and guarded patterns find what the patterns find."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus
from kg import nlp
from kg.ingest import article_from_text
from kg.mentions import read, relative_dates
from kg.mentions.guards import Guarded, lowered
from kg.mentions.relevance import relevant_blocks
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


def test_the_engine_reads_as_the_pipeline_does(pipeline):
    texts = [p for a in corpus.articles(4, conflict=0.5) for p in a.text.split("\n\n")] + ODD
    for found, doc in zip(nlp._engine().read(texts), pipeline.pipe(texts), strict=True):
        assert found == [
            [
                (t.i - s.start, t.idx, t.idx + len(t), t.text, t.lower_, t.lemma_.lower(), t.pos_, t.tag_, t.dep_,
                 t.head.i - s.start, t.ent_type_)
                for t in s
            ]
            for s in doc.sents
        ]  # fmt: skip


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
