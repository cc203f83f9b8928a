"""Every text of tests/cases/quotations.tsv quotes exactly the words of its row, from the speakers that it names.

A quotation is `words`, without its marks, and `← source` for each rung from the page to the speaker;
several are parted by `;`; `none` where nothing is quoted.
"""

from __future__ import annotations

import pytest

from kg.ingest import article_from_text
from kg.model import Quotation
from kg.work import extraction
from tests.tables import CASES, PUBLISHED, parameters, text_of

COLUMNS = ("text", "expected", "note", "todo")
TABLE = CASES / "quotations.tsv"
MARKS = '“”"«»'


def quotations(text: str) -> tuple[Quotation, ...]:
    return extraction(article_from_text(text, published=PUBLISHED)).quotations


def written(quotation: Quotation) -> str:
    """A quotation in the notation of the table."""
    sources = [link.agent.evidence.words for link in quotation.chain if link.agent.evidence]
    return " ← ".join([quotation.evidence.words.strip(MARKS), *sources])


@pytest.mark.parametrize("row", parameters([TABLE], COLUMNS))
def test_a_text_quotes_the_words_of_its_row(row):
    expected = [] if row["expected"] == "none" else [part.strip() for part in row["expected"].split(";")]
    assert [written(quotation) for quotation in quotations(text_of(row))] == expected


def test_the_marks_belong_to_the_evidence():
    (quotation,) = quotations("A nurse said: “We prayed.”")
    assert quotation.evidence.words == "“We prayed.”"


def test_the_speaker_speaks_directly_and_those_who_pass_it_on_do_not():
    (quotation,) = quotations("“We prayed,” a nurse told Reuters.")
    assert [(link.role, link.mode) for link in quotation.chain] == [("relay", "indirect"), ("origin", "direct")]


def test_a_quotation_holds_on_the_day_on_which_it_was_said():
    (quotation,) = quotations("“We prayed,” a nurse said on Friday.")
    assert quotation.as_of is not None and quotation.as_of.edtf == "2024-05-03"


def test_a_quotation_without_a_speaker_has_no_origin():
    (quotation,) = quotations("The so-called “green corridor” was shelled.")
    assert [link for link in quotation.chain if link.role == "origin"] == []
