"""Which sentences of a block are parsed."""

import pytest

from kg.ingest import article_from_text
from kg.mentions import read
from kg.mentions.selection import stretches
from kg.text import make_document

LEDE = "A mine killed nine soldiers near Tavira on Monday.\n\n"
KEPT = [
    "The bakery was full. A shell wounded three nurses.",  # from the word of harm on
    "The bakery was full. The mayor rejected that.",
    "The bakery was full. Twelve nurses have come.",
    "The bakery was full. Four battalions have come.",
    'The bakery was full. A shell wounded 14 nurses. "It is quiet," a nurse remarked.',
    "The bakery was full. The information came from a briefing. A shell wounded 14 nurses.",
    'The bakery was full. A shell wounded 14 nurses. "It was evening. The lights were out," a nurse remarked.',
]
BESIDE = [  # nothing that may hold a count: nobody's words are needed
    'The bakery was full. "It is quiet," a nurse remarked.',
    "The bakery was full. The information came from a briefing.",
    'A shell wounded 14 nurses. The bakery was full. "It is quiet," a nurse remarked.',
]


def _read(paragraph: str, *, about: bool = True) -> list[str]:
    document = make_document(article_from_text(LEDE + paragraph + "\n", "made"))
    block = document.blocks[-1]
    spans = stretches(document.masked, document.blocks, about=about)[block]
    return [document.masked[start:end] for start, end in spans]


@pytest.mark.parametrize("text", KEPT)
def test_a_sentence_that_tells_something_is_read(text):
    assert _read(text)[-1].endswith(text.partition(". ")[2])


def test_a_sentence_that_tells_nothing_is_not_read():
    assert _read("The bakery was full. The river was blue. Bread was cheap.") == []


@pytest.mark.parametrize("text", BESIDE)
def test_words_of_somebody_are_not_read_alone(text):
    assert not any(span.endswith(text.rpartition("full. ")[2]) for span in _read(text))


def test_a_number_is_read_after_what_is_read():
    assert _read("A shell wounded 14 nurses. Nine went home. Bread was cheap.") == [
        "A shell wounded 14 nurses. Nine went home."
    ]


def test_what_is_referred_to_is_read_too():
    assert _read("Bread was cheap. The bakery was full. It was shelled.") == ["The bakery was full. It was shelled."]


def test_an_abbreviation_ends_no_sentence():
    assert _read("Bread was cheap in Gen. Ortiz Street, where a shell fell.") == [
        "Bread was cheap in Gen. Ortiz Street, where a shell fell."
    ]


def test_harm_in_passing_is_read_with_the_sentence_before():
    text = "Bread was cheap. The river was blue. A driver was killed in a crash. Two more were hurt. Prices rose."
    assert _read(text, about=False) == ["The river was blue. A driver was killed in a crash. Two more were hurt."]


def test_what_is_not_read_is_recorded():
    document = make_document(
        article_from_text(LEDE + "A shell wounded 14 nurses. Bread was cheap.\n\nThe river was blue today.\n", "made")
    )
    (drop,) = read(document).foreign
    assert drop.evidence.words == "Bread was cheap." and "1 more" in drop.reason
